package org.ringward.daemon.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.base.ExitCode;
import org.ringward.daemon.adminsocket.AdminJson;

/**
 * The verbs of the control socket over HTTP, in its own JSON (docs/admin-protocol.md). What only
 * shows is for everybody whom the gate lets in; what shows secrets, costs much or changes something
 * needs the token; what ends or overrules a node stays with the command line on its machine.
 */
final class Questions {
  private static final int BODY_MOST = 1 << 20;
  private static final String AUTHOR = "page";

  private static final Set<Verb> OPEN =
      EnumSet.of(
          Verb.STATUS,
          Verb.WHY,
          Verb.TIMELINE,
          Verb.TIMING,
          Verb.TRANSITION,
          Verb.RING_STATUS,
          Verb.RING_LINKS,
          Verb.REGIONS,
          Verb.LEASES,
          Verb.FENCING,
          Verb.REHEARSAL,
          Verb.QUORUM_STATUS);

  private static final Set<Verb> WITH_TOKEN =
      EnumSet.of(
          Verb.CONFIGURATION,
          Verb.PLAN,
          Verb.APPLY,
          Verb.MOVE,
          Verb.BAN,
          Verb.CLEAR,
          Verb.STANDBY,
          Verb.MAINTENANCE,
          Verb.CLEANUP,
          Verb.RESTART,
          Verb.FENCE,
          Verb.CONFIRM);

  private final NodeWindow window;
  private final Gate gate;

  Questions(NodeWindow window, Gate gate) {
    this.window = window;
    this.gate = gate;
  }

  /** GET /api/VERB?OPTION=VALUE: the report alone. */
  void get(HttpExchange exchange, String name) throws Refusal, IOException, InterruptedException {
    Verb verb = verb(name);
    if (!OPEN.contains(verb) && verb != Verb.CONFIGURATION) {
      throw new Refusal(405, "this is asked by POST /api/ask");
    }
    if (verb == Verb.CONFIGURATION) {
      gate.needToken(exchange, "the configuration, which may hold passwords,");
    }
    Map<String, String> options = options(exchange.getRequestURI().getRawQuery());
    answer(exchange, new AdminRequest(verb, AUTHOR, options, null));
  }

  /** POST /api/ask with a request of the control socket as JSON: its reply. */
  void post(HttpExchange exchange) throws Refusal, IOException, InterruptedException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.startsWith("application/json")) {
      throw new Refusal(415, "the body must be JSON, with Content-Type: application/json");
    }
    AdminRequest asked = request(exchange);
    if (!OPEN.contains(asked.verb())) {
      if (!WITH_TOKEN.contains(asked.verb())) {
        throw new Refusal(
            403, word(asked.verb()) + " is not done from a page; use the command line on the node");
      }
      gate.needToken(exchange, word(asked.verb()));
    }
    String author =
        asked.author().isEmpty() ? AUTHOR : AUTHOR + " (on behalf of " + asked.author() + ")";
    answer(exchange, new AdminRequest(asked.verb(), author, asked.options(), asked.document()));
  }

  private static AdminRequest request(HttpExchange exchange) throws Refusal, IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_MOST + 1);
    if (body.length > BODY_MOST) {
      throw new Refusal(413, "the body is larger than " + BODY_MOST + " bytes");
    }
    try {
      return AdminJson.request(body);
    } catch (AdminJson.Malformed e) {
      throw new Refusal(400, String.valueOf(e.getMessage()));
    }
  }

  private void answer(HttpExchange exchange, AdminRequest request)
      throws Refusal, IOException, InterruptedException {
    AdminReply reply;
    try {
      reply = window.ask(request).get();
    } catch (ExecutionException e) {
      boolean late = e.getCause() instanceof TimeoutException;
      throw new Refusal(
          504, late ? "the node did not answer in time" : String.valueOf(e.getCause()));
    }
    Answer.json(exchange, status(reply.exitCode()), AdminJson.reply(reply));
  }

  /** The exit code is in the answer; the status tells caches and scripts about the same. */
  private static int status(int exitCode) {
    if (exitCode == 0) {
      return 200;
    }
    if (exitCode == ExitCode.NO_SUCH_OBJECT.number()) {
      return 404;
    }
    boolean later =
        exitCode == ExitCode.UNAVAILABLE.number()
            || exitCode == ExitCode.TEMPORARY.number()
            || exitCode == ExitCode.NO_QUORUM.number();
    return later ? 503 : 422;
  }

  private static String word(Verb verb) {
    return verb.name().toLowerCase(Locale.ROOT);
  }

  private static Verb verb(String name) throws Refusal {
    for (Verb verb : Verb.values()) {
      if (word(verb).equals(name)) {
        return verb;
      }
    }
    throw new Refusal(404, "there is nothing under this address");
  }

  static Map<String, String> options(@Nullable String query) throws Refusal {
    Map<String, String> options = new LinkedHashMap<>();
    for (String pair :
        query == null || query.isEmpty() ? List.<String>of() : List.of(query.split("&", -1))) {
      int at = pair.indexOf('=');
      if (at <= 0) {
        throw new Refusal(400, "the part behind ? must be name=value pairs");
      }
      try {
        options.put(
            URLDecoder.decode(pair.substring(0, at), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new Refusal(400, "the part behind ? is not well encoded");
      }
    }
    return options;
  }
}
