package org.ringward.daemon.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ringward.daemon.json.RecordJson;

/** Writes answers; every one has the headers that keep the page to itself. */
final class Answer {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Answer() {}

  static void headers(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  static void bytes(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    headers(exchange.getResponseHeaders());
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
    if (!head && bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  static void text(HttpExchange exchange, int status, String sentence) throws IOException {
    byte[] bytes = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    bytes(exchange, status, "text/plain; charset=utf-8", bytes);
  }

  static void json(HttpExchange exchange, int status, byte[] json) throws IOException {
    bytes(exchange, status, "application/json", json);
  }

  /** What is refused, for people as a sentence and for programs as JSON. */
  static void refusal(HttpExchange exchange, Refusal refusal) throws IOException {
    if (refusal.status() == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"ringward\"");
    }
    // What is left of the request is not worth reading.
    exchange.getResponseHeaders().set("Connection", "close");
    if (exchange.getRequestURI().getPath().startsWith("/api/")) {
      byte[] json =
          RecordJson.bytes(generator -> {
            generator.writeStartObject();
            generator.writeNumberProperty("status", refusal.status());
            generator.writeStringProperty("message", refusal.sentence());
            generator.writeEndObject();
          });
      json(exchange, refusal.status(), json);
    } else {
      text(exchange, refusal.status(), refusal.sentence());
    }
  }

  static void file(HttpExchange exchange, Assets.File file) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    List<String> known = exchange.getRequestHeaders().getOrDefault("If-None-Match", List.of());
    headers(headers);
    headers.set("Cache-Control", "no-cache");
    headers.set("ETag", file.tag());
    headers.set("Vary", "Accept-Encoding");
    if (known.contains(file.tag())) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    String accepted =
        String.join(",", exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of()));
    boolean zip = accepted.contains("gzip");
    if (zip) {
      headers.set("Content-Encoding", "gzip");
    }
    headers.set("Content-Type", file.type());
    byte[] bytes = zip ? file.compressed() : file.bytes();
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
