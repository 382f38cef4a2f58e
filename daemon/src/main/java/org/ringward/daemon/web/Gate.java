package org.ringward.daemon.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests are served at all. Refused are foreign hosts (a page of somebody else
 * whose name was bound to this address), foreign origins, tricks with paths, and tokens in
 * addresses, where logs and histories keep them.
 */
final class Gate {
  private static final int URL_MOST = 2048;
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_.:@~+-]*)+");
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]+\\]");
  private static final Pattern SECRET_NAMES =
      Pattern.compile(
          "(^|&)(access_?)?(token|key|auth|authorization|bearer|password|secret)(=|&|$)",
          Pattern.CASE_INSENSITIVE);
  private static final String BEARER = "Bearer ";

  private final Set<String> names = new TreeSet<>();
  private final AccessToken token;

  /**
   * A gate.
   *
   * @param names by which this node may be called beside any literal address; a page of a foreign
   *     name cannot pretend to be a literal address
   */
  Gate(List<String> names, AccessToken token) {
    this.names.add("localhost");
    names.forEach(each -> this.names.add(each.toLowerCase(Locale.ROOT)));
    this.token = token;
  }

  /** Checks what every request must fulfil. */
  void check(HttpExchange exchange) throws Refusal {
    String url = exchange.getRequestURI().toString();
    if (url.length() > URL_MOST) {
      throw new Refusal(414, "the address is longer than " + URL_MOST + " characters");
    }
    String query = exchange.getRequestURI().getRawQuery();
    boolean secret = query != null && SECRET_NAMES.matcher(query).find();
    if (secret || token.isIn(url) || exchange.getRequestURI().getRawUserInfo() != null) {
      throw new Refusal(
          400,
          "a token does not belong into an address, where logs and histories keep it; send it in"
              + " the header Authorization: Bearer, and consider this one known to others");
    }
    path(exchange.getRequestURI().getRawPath());
    String host = host(exchange.getRequestHeaders());
    origin(exchange, host);
  }

  private static void path(@Nullable String path) throws Refusal {
    if (path == null || !PATH.matcher(path).matches()) {
      throw new Refusal(400, "the path has characters that none of ours has");
    }
    for (String part : path.split("/", -1)) {
      if (part.equals(".") || part.equals("..")) {
        throw new Refusal(400, "the path leads upwards");
      }
    }
  }

  private String host(Headers headers) throws Refusal {
    List<String> hosts = headers.getOrDefault("Host", List.of());
    if (hosts.size() != 1) {
      throw new Refusal(400, "a request must have exactly one header Host");
    }
    String host = hosts.getFirst().toLowerCase(Locale.ROOT);
    String name = PORT.matcher(host).replaceFirst("");
    boolean literal = IPV4.matcher(name).matches() || IPV6.matcher(name).matches();
    if (!literal && !names.contains(name)) {
      throw new Refusal(
          421,
          "this node is not called '%s'; it is called %s, by its addresses, and by what web.names in the node file says"
              .formatted(printable(name), String.join(", ", names)));
    }
    return host;
  }

  private static void origin(HttpExchange exchange, String host) throws Refusal {
    List<String> origins = new ArrayList<>();
    origins.addAll(exchange.getRequestHeaders().getOrDefault("Origin", List.of()));
    for (String origin : origins) {
      String from = origin.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "");
      if (!from.equals(host)) {
        throw new Refusal(403, "requests of pages of other origins are refused");
      }
    }
    String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
    boolean read = exchange.getRequestMethod().equals("GET");
    if (!read && ("cross-site".equals(site) || "same-site".equals(site))) {
      throw new Refusal(403, "orders of pages of other origins are refused");
    }
  }

  /**
   * Whether the request has the right token.
   *
   * @throws Refusal when it has a wrong one
   */
  boolean hasToken(HttpExchange exchange) throws Refusal {
    List<String> given = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
    if (given.isEmpty()) {
      return false;
    }
    String first = given.getFirst();
    if (given.size() > 1 || !first.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new Refusal(401, "the header Authorization must be: Bearer and the token");
    }
    if (!token.is(first.substring(BEARER.length()).strip())) {
      throw new Refusal(
          401,
          "this is not the token of this node; it is in the file web-token of"
              + " its state directory");
    }
    return true;
  }

  /** Refuses what has no token. */
  void needToken(HttpExchange exchange, String forWhat) throws Refusal {
    if (!hasToken(exchange)) {
      throw new Refusal(
          401,
          forWhat
              + " needs the token of this node, from the file web-token of its state directory");
    }
  }

  static String printable(String text) {
    String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() > 80 ? clean.substring(0, 80) + "..." : clean;
  }
}
