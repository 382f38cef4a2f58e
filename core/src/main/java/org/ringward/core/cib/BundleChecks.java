package org.ringward.core.cib;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bundles: containers, network and storage. */
final class BundleChecks {
  private static final Option PORT = Option.of("", new Option.Whole(1, 65_535), null, "");
  private static final Option MASK = Option.of("", new Option.Whole(1, 32), null, "");
  private static final Option ANY = Option.text("", null, "");
  private static final Option COUNT = Option.whole("", 0, null, "");
  private static final Option AT_LEAST_ONE = Option.whole("", 1, null, "");
  private static final Option TRUTH = Option.trueFalse("", null, "");

  /** Never iterated, only asked. */
  private static final Map<String, Option> CONTAINER =
      Map.ofEntries(
          Map.entry("image", ANY),
          Map.entry("replicas", AT_LEAST_ONE),
          Map.entry("replicas-per-host", AT_LEAST_ONE),
          Map.entry("promoted-max", COUNT),
          Map.entry("masters", COUNT),
          Map.entry("run-command", ANY),
          Map.entry("network", ANY),
          Map.entry("options", ANY));

  private static final Map<String, Option> NETWORK =
      Map.ofEntries(
          Map.entry("ip-range-start", ANY),
          Map.entry("control-port", PORT),
          Map.entry("host-interface", ANY),
          Map.entry("host-netmask", MASK),
          Map.entry("add-host", TRUTH));

  private final FindingList findings;
  private final OptionChecks options;

  BundleChecks(FindingList findings) {
    this.findings = findings;
    this.options = new OptionChecks(findings);
  }

  void check(Bundle bundle) {
    String key = "bundle " + bundle.id();
    List<Element> containers =
        bundle.others().stream().filter(e -> Bundle.TECHNOLOGIES.contains(e.name())).toList();
    if (containers.size() != 1) {
      findings.error(bundle.attributes(), key, key + " must have one of docker, podman");
    }
    for (Element container : containers) {
      attributes(key, container, CONTAINER);
      if (!container.attributes().has("image")) {
        findings.error(container, container.name() + " of " + key + " has no image");
      }
    }
    Element network = bundle.part("network");
    if (network != null) {
      network(key, network);
    }
    Element storage = bundle.part("storage");
    if (storage != null) {
      storage.children().forEach(mapping -> storage(key, mapping));
    }
    reachable(bundle, key, network);
  }

  private void reachable(Bundle bundle, String key, @Nullable Element network) {
    boolean address =
        network != null
            && (network.attributes().has("ip-range-start")
                || network.attributes().has("control-port"));
    if (bundle.child() != null && !address) {
      findings.error(
          bundle.attributes(),
          key,
          key + " has a primitive inside, so its network must have ip-range-start or control-port");
    }
  }

  private void network(String key, Element network) {
    attributes(key, network, NETWORK);
    for (Element mapping : network.children()) {
      Attributes a = mapping.attributes();
      String where = "port-mapping of " + key;
      if (!mapping.name().equals("port-mapping")) {
        findings.error(mapping, "<" + mapping.name() + "> is not known in network of " + key);
      } else if (a.has("port") == a.has("range")) {
        findings.error(mapping, where + " must have one of port, range");
      }
      value(mapping, where, "port", PORT);
      value(mapping, where, "internal-port", PORT);
    }
  }

  private void storage(String key, Element mapping) {
    Attributes a = mapping.attributes();
    String where = "storage-mapping of " + key;
    if (!mapping.name().equals("storage-mapping")) {
      findings.error(mapping, "<" + mapping.name() + "> is not known in storage of " + key);
    } else if (a.has("source-dir") == a.has("source-dir-root") || !a.has("target-dir")) {
      findings.error(
          mapping, where + " must have one of source-dir, source-dir-root, and target-dir");
    }
  }

  private void attributes(String key, Element part, Map<String, Option> known) {
    for (String name : part.attributes().map().keySet()) {
      Option option = known.get(name);
      if (option != null) {
        value(part, part.name() + " of " + key, name, option);
      } else if (!name.equals("id")) {
        findings.warning(
            part, part.name() + " of " + key + " has no option " + name + "; it has no effect");
      }
    }
  }

  private void value(Element part, String where, String name, Option option) {
    String value = part.attributes().get(name);
    if (value != null) {
      options.value(option, name + " of " + where, value, part.attributes());
    }
  }
}
