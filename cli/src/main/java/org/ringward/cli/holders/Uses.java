package org.ringward.cli.holders;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Primitive;

/**
 * What a resource gives that others may be using: a mount (Filesystem), an address (IPaddr2 and its
 * kin), a port (whatever has a parameter of that name).
 */
public final class Uses {
  private static final int SHOWN_MOST = 8;

  private Uses() {}

  /** Whether the resource gives something whose users can be looked for. */
  public static boolean any(Primitive resource) {
    return folder(resource) != null || address(resource) != null || port(resource) > 0;
  }

  /** Who uses what the resource gives on this machine, a sentence for each thing in use. */
  public static List<String> sentences(Primitive resource, Holders holders) {
    List<String> sentences = new ArrayList<>();
    String folder = folder(resource);
    if (folder != null) {
      say(sentences, resource.id() + ": " + folder, holders.below(folder));
    }
    String address = address(resource);
    if (address != null) {
      say(sentences, resource.id() + ": " + address, holders.address(address));
    }
    int port = port(resource);
    if (port > 0) {
      say(sentences, resource.id() + ": port " + port, holders.port(port));
    }
    return sentences;
  }

  private static @Nullable String folder(Primitive resource) {
    String folder = resource.type().equals("Filesystem") ? resource.parameter("directory") : null;
    return folder != null && folder.startsWith("/") ? folder : null;
  }

  private static @Nullable String address(Primitive resource) {
    return switch (resource.type()) {
      case "IPaddr2", "IPaddr" -> resource.parameter("ip");
      case "IPv6addr" -> resource.parameter("ipv6addr");
      default -> null;
    };
  }

  private static int port(Primitive resource) {
    for (String name : List.of("port", "pgport")) {
      String value = resource.parameter(name);
      if (!resource.isFencingDevice() && value != null && value.matches("[0-9]{1,5}")) {
        return Integer.parseInt(value);
      }
    }
    return 0;
  }

  private static void say(List<String> sentences, String what, Holders.Found found) {
    if (found.holders().isEmpty()) {
      return;
    }
    String shown =
        found.holders().stream()
            .limit(SHOWN_MOST)
            .map(each ->
                each.pid() == 0
                    ? "%s (%s)".formatted(each.name(), each.how())
                    : "%s (process %d: %s)".formatted(each.name(), each.pid(), each.how()))
            .collect(Collectors.joining(", "));
    int more = found.holders().size() - SHOWN_MOST;
    sentences.add(
        "%s is used by %s%s%s."
            .formatted(
                what,
                shown,
                more > 0 ? " and " + more + " more" : "",
                found.whole() ? "" : "; there may be others that could not be looked into"));
  }
}
