package org.ringward.daemon.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.WebSettings;
import org.ringward.core.node.Lookout;
import org.ringward.core.port.Journal;
import org.ringward.daemon.adminsocket.AdminJson;
import org.ringward.ring.settings.LocalMachine;
import org.ringward.ring.witness.SelfSigned;

/**
 * The HTTP server of a node: the JDK's, with a virtual thread for each request and bounds for all
 * that a stranger can make large, slow or many.
 */
public final class WebServer implements AutoCloseable {
  private static final String CONNECTIONS_MOST = "128";
  private static final String HEADER_MOST_BYTES = "16384";
  private static final String HEADERS_MOST = "64";
  private static final String REQUEST_MOST_SECONDS = "10";
  private static final String IDLE_SECONDS = "30";
  private static final int BACKLOG = 64;
  private static final long PATIENCE_MILLIS = 3000;
  private static final long LAST_WORDS_MILLIS = 200;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final NodeWindow window;
  private final Supplier<String> metricsOf;
  private final Gate gate;
  private final Questions questions;
  private final LiveFeed feed;
  private final RehearsalRun rehearsal;
  private final Assets assets = Assets.load();
  private final Journal journal;
  private final String address;

  private WebServer(
      WebSettings settings,
      HttpServer server,
      Gate gate,
      NodeWindow window,
      Measures measures,
      RehearsalRun rehearsal,
      Journal journal) {
    this.server = server;
    this.rehearsal = rehearsal;
    this.gate = gate;
    this.window = window;
    this.journal = journal;
    this.feed = new LiveFeed(window, journal);
    this.questions = new Questions(window, gate);
    this.metricsOf = () -> Metrics.text(now(), measures.counted(), feed.listeners());
    String scheme = settings.isLoopback() ? "http://" : "https://";
    String listen =
        new WebSettings(settings.address(), server.getAddress().getPort(), List.of()).listen();
    this.address = scheme + listen + "/";
  }

  /**
   * Serves the page of a node.
   *
   * @param folder where token, key and certificate are kept; they are made when they are missing
   * @param rehearsal ended when the server is closed
   * @throws OperatorException when it cannot be served, with what to do
   */
  static WebServer open(
      NodeSettings settings,
      Path folder,
      NodeWindow window,
      Measures measures,
      RehearsalRun rehearsal,
      Journal journal) {
    bound();
    WebSettings web = settings.daemon().web();
    List<String> names = new ArrayList<>(web.names());
    settings.members().forEach(each -> names.add(each.name()));
    names.add(new LocalMachine().hostName());
    Gate gate = new Gate(names, AccessToken.of(folder.resolve("web-token")));
    try {
      InetSocketAddress at =
          new InetSocketAddress(InetAddress.ofLiteral(web.address()), web.port());
      HttpServer server =
          web.isLoopback()
              ? HttpServer.create(at, BACKLOG)
              : secured(HttpsServer.create(at, BACKLOG), settings, folder, names);
      WebServer opened = new WebServer(web, server, gate, window, measures, rehearsal, journal);
      opened.begin();
      return opened;
    } catch (IOException e) {
      throw new OperatorException(
          ExitCode.CANNOT_CREATE,
          "the page cannot be served at "
              + web.listen()
              + ": "
              + e.getMessage()
              + "; choose another web.listen, or end what uses it");
    } catch (GeneralSecurityException e) {
      throw new OperatorException(
          ExitCode.SOFTWARE, "the page's certificate cannot be made or used: " + e.getMessage());
    }
  }

  /** Read by the JDK's server before its first use. */
  private static void bound() {
    System.setProperty("jdk.httpserver.maxConnections", CONNECTIONS_MOST);
    System.setProperty("sun.net.httpserver.maxReqHeaderSize", HEADER_MOST_BYTES);
    System.setProperty("sun.net.httpserver.maxReqHeaders", HEADERS_MOST);
    System.setProperty("sun.net.httpserver.maxReqTime", REQUEST_MOST_SECONDS);
    System.setProperty("sun.net.httpserver.idleInterval", IDLE_SECONDS);
    System.setProperty("sun.net.httpserver.maxIdleConnections", CONNECTIONS_MOST);
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static HttpServer secured(
      HttpsServer server, NodeSettings settings, Path folder, List<String> names)
      throws IOException, GeneralSecurityException {
    List<String> all = new ArrayList<>(names);
    settings.self().addresses().forEach(all::add);
    SelfSigned own =
        SelfSigned.of(
            folder.resolve("web-key.pem"),
            folder.resolve("web-cert.pem"),
            settings.nodeName() + " of " + settings.clusterName(),
            all,
            Instant.now());
    char[] none = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, none);
    store.setKeyEntry("page", own.key(), none, new Certificate[] {own.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, none);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return server;
  }

  private void begin() {
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it is served, such as http://127.0.0.1:7630/. */
  public String address() {
    return address;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      String path = exchange.getRequestURI().getPath();
      boolean health = path != null && path.startsWith("/health/");
      if (!health) {
        gate.check(exchange);
      }
      route(exchange, String.valueOf(path));
    } catch (Refusal e) {
      Answer.refusal(exchange, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OperatorException e) {
      Answer.refusal(exchange, new Refusal(503, e.sentence()));
    } catch (RuntimeException e) {
      journal.log(Journal.Level.ERROR, "a request to the page failed: " + e);
      Answer.refusal(
          exchange, new Refusal(500, "this should not happen: " + e.getClass().getName()));
    } finally {
      exchange.close();
    }
  }

  private void route(HttpExchange exchange, String path)
      throws Refusal, IOException, InterruptedException {
    String method = exchange.getRequestMethod();
    if (path.equals("/api/ask")) {
      allow(method, "POST");
      questions.post(exchange);
      return;
    }
    if (path.equals("/api/rehearse")) {
      allow(method, "POST");
      rehearse(exchange);
      return;
    }
    if (!method.equals("HEAD")) {
      allow(method, "GET");
    }
    if (path.startsWith("/health/")) {
      Health.answer(exchange, path.substring("/health/".length()), now());
      return;
    }
    switch (path) {
      case "/metrics" ->
          Answer.bytes(
              exchange,
              200,
              MetricsText.CONTENT_TYPE,
              metricsOf.get().getBytes(StandardCharsets.UTF_8));
      case "/api/events" -> {
        allow(method, "GET");
        events(exchange);
      }
      case "/api/snapshot" ->
          Answer.json(
              exchange, 200, feed.snapshot(PATIENCE_MILLIS).getBytes(StandardCharsets.UTF_8));
      case "/api/session" -> {
        boolean known = gate.hasToken(exchange);
        Answer.json(
            exchange, 200, ("{\"token\":" + known + "}").getBytes(StandardCharsets.US_ASCII));
      }
      default -> {
        if (path.startsWith("/api/")) {
          questions.get(exchange, path.substring("/api/".length()));
        } else {
          file(exchange, path);
        }
      }
    }
  }

  /** Answers when the rehearsal has ended; its report is then with the node. */
  private void rehearse(HttpExchange exchange) throws Refusal, IOException, InterruptedException {
    gate.needToken(exchange, "rehearse");
    RehearsalRun.Ended ended = rehearsal.run();
    Answer.json(
        exchange, 200, AdminJson.reply(new AdminReply(ended.exitCode(), ended.message(), null)));
  }

  private static void allow(String method, String allowed) throws Refusal {
    if (!method.equals(allowed)) {
      throw new Refusal(405, "the method here is " + allowed);
    }
  }

  private void file(HttpExchange exchange, String path) throws Refusal, IOException {
    Assets.File file = assets.file(path);
    if (file == null) {
      throw new Refusal(404, "there is nothing under this address");
    }
    Answer.file(exchange, file);
  }

  private Lookout.Sight now() {
    try {
      return window.look().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new OperatorException(ExitCode.UNAVAILABLE, "the node does not answer at the moment");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperatorException(ExitCode.UNAVAILABLE, "the daemon ends");
    }
  }

  private void events(HttpExchange exchange) throws Refusal, IOException, InterruptedException {
    Subscriber subscriber = feed.subscribe(PATIENCE_MILLIS);
    try {
      Answer.headers(exchange.getResponseHeaders());
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      subscriber.serve(exchange.getResponseBody(), feed::ageMillis);
    } finally {
      feed.leave(subscriber);
    }
  }

  /** Tells browsers that the daemon ends, then hangs up. */
  @Override
  public void close() {
    rehearsal.close();
    feed.close();
    try {
      TimeUnit.MILLISECONDS.sleep(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
