package org.ringward.core.cib;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Resources: their kinds, agents, options and operations. */
final class ResourceChecks {
  private static final String PLUGINS = "external/";

  private static final List<String> BUILT = List.of("ocf", "stonith");
  private static final List<String> TO_COME = List.of("systemd", "lsb", "service");
  private static final List<String> ONCE = List.of("start", "stop", "promote", "demote", "notify");

  private final Configuration configuration;
  private final FindingList findings;
  private final OptionChecks options;

  ResourceChecks(Configuration configuration, FindingList findings, OptionChecks options) {
    this.configuration = configuration;
    this.findings = findings;
    this.options = options;
  }

  void check() {
    for (Resource resource : configuration.resources()) {
      check(resource);
    }
  }

  private void check(Resource resource) {
    switch (resource) {
      case Primitive primitive -> primitive("primitive " + primitive.id(), primitive);
      case Group group -> group(group);
      case Clone clone -> cloned(clone);
      case Bundle bundle -> bundle(bundle);
      case Template template -> primitive("template " + template.id(), template.body());
      case OtherResource other ->
          findings.error(
              other.element(),
              "<"
                  + other.element().name()
                  + "> is no kind of resource; allowed: primitive, group, clone, bundle, template");
    }
  }

  private void cloned(Clone clone) {
    String key = "clone " + clone.id();
    sets(key, clone.sets(), false);
    if (clone.child() == null) {
      findings.error(clone.attributes(), key, key + " has no primitive and no group");
      return;
    }
    check(clone.child());
  }

  private void bundle(Bundle bundle) {
    String key = "bundle " + bundle.id();
    sets(key, bundle.sets(), false);
    new BundleChecks(findings).check(bundle);
    if (bundle.child() != null) {
      check(bundle.child());
      notYet(bundle.attributes(), key, "a primitive inside its containers");
    }
  }

  /** The scheduler has no trouble with it, the daemons have. */
  private void notYet(Attributes where, String key, String what) {
    findings.warning(
        where,
        key,
        key
            + " has "
            + what
            + "; the scheduler counts with it, but the daemons of this version do not connect to"
            + " such nodes yet");
  }

  private void group(Group group) {
    String key = "group " + group.id();
    if (group.members().isEmpty()) {
      findings.error(group.attributes(), key, key + " has no members");
    }
    sets(key, group.sets(), false);
    group.members().forEach(this::check);
  }

  private void primitive(String key, Primitive primitive) {
    agent(key, primitive);
    sets(key, primitive.sets(), configuration.effective(primitive).isFencingDevice());
    if (primitive.meta("remote-node") != null) {
      notYet(primitive.attributes(), key, "a guest node (remote-node)");
    }
    Map<String, Operation> recurring = new LinkedHashMap<>();
    for (Operation operation : primitive.operations()) {
      operation(key, operation, recurring);
    }
  }

  private void agent(String key, Primitive primitive) {
    Attributes where = primitive.attributes();
    String kind = primitive.agentClass();
    String template = where.get("template");
    if (template != null) {
      if (!(configuration.resource(template) instanceof Template)) {
        findings.error(
            where, key, key + " is made from the template " + template + ", which does not exist");
      }
      return;
    }
    if (TO_COME.contains(kind)) {
      findings.error(
          where,
          key,
          key
              + " has an agent of the class "
              + kind
              + ", which this version does not run yet;"
              + " allowed: "
              + String.join(", ", BUILT));
    } else if (!BUILT.contains(kind)) {
      findings.error(
          where,
          key,
          key
              + (kind.isEmpty() ? " has no class" : " has the unknown class " + kind)
              + "; allowed: "
              + String.join(", ", BUILT));
    } else if (kind.equals("ocf") && primitive.provider().isEmpty()) {
      findings.error(where, key, key + " has no provider; an ocf agent needs one");
    } else if (!isName(program(primitive))
        || (kind.equals("ocf") && !isName(primitive.provider()))) {
      findings.error(
          where, key, key + " has the agent " + primitive.agent() + ", which is no name of a file");
    } else if (primitive.agent().equals("ocf:pacemaker:remote")) {
      notYet(where, key, "the agent of a remote node");
    }
  }

  /** Old stonith plugins are in a folder of their own. */
  private static String program(Primitive primitive) {
    boolean plugin = primitive.isFencingDevice() && primitive.type().startsWith(PLUGINS);
    return plugin ? primitive.type().substring(PLUGINS.length()) : primitive.type();
  }

  /** Agents are looked up as files; a name must not lead out of their directory. */
  private static boolean isName(String text) {
    return !text.isEmpty()
        && !text.startsWith(".")
        && text.chars().noneMatch(c -> c == '/' || c <= ' ' || c == 0x7f);
  }

  private void sets(String key, List<AttributeSet> sets, boolean fencingDevice) {
    for (AttributeSet set : sets) {
      switch (set.element()) {
        case "meta_attributes" ->
            options.check(ResourceOptions.META, key, set, OptionChecks.Unknown.SUSPICIOUS);
        case "instance_attributes" -> {
          parameters(key, set, fencingDevice);
          options.check(
              fencingDevice ? ResourceOptions.FENCING : NO_OPTIONS,
              key,
              set,
              OptionChecks.Unknown.FREE);
        }
        default -> options.check(NO_OPTIONS, key, set, OptionChecks.Unknown.FREE);
      }
    }
  }

  private static final OptionList NO_OPTIONS = new OptionList("parameter", List.of());

  /** Names of parameters become environment variables or lines of input. */
  private void parameters(String key, AttributeSet set, boolean fencingDevice) {
    for (Nvpair pair : set.pairs()) {
      String name = pair.name();
      if (name.chars().anyMatch(c -> c <= ' ' || c == '=' || c == 0x7f)) {
        findings.error(
            pair.attributes(),
            key,
            "parameter \"" + name + "\" of " + key + " must have no space and no '=' in its name");
      } else if (fencingDevice && pair.value().chars().anyMatch(c -> c == '\n' || c == '\r')) {
        findings.error(
            pair.attributes(),
            key,
            "parameter " + name + " of " + key + " must be one line, as all of fencing devices");
      } else if (fencingDevice
          && name.startsWith("pcmk_")
          && ResourceOptions.FENCING.find(name) == null) {
        String nearest = ResourceOptions.FENCING.nearest(name);
        findings.error(
            pair.attributes(),
            key,
            "fencing device parameter \""
                + name
                + "\" is not known"
                + (nearest == null ? "" : ", did you mean \"" + nearest + "\"?"));
      }
    }
  }

  private void operation(String owner, Operation operation, Map<String, Operation> recurring) {
    Attributes where = operation.attributes();
    String key = operation.name() + " of " + owner;
    if (operation.name().isEmpty()) {
      findings.error(where, owner, "an operation of " + owner + " has no name");
    }
    for (Option option : ResourceOptions.OPERATION.options()) {
      String value = where.get(option.name());
      if (value != null) {
        options.value(option, option.name() + " of " + key, value, where);
      }
    }
    for (AttributeSet set : operation.sets()) {
      boolean meta = set.element().equals("meta_attributes");
      options.check(
          meta ? ResourceOptions.OPERATION : NO_OPTIONS,
          key,
          set,
          meta ? OptionChecks.Unknown.SUSPICIOUS : OptionChecks.Unknown.FREE);
    }
    interval(key, operation, recurring);
  }

  private void interval(String key, Operation operation, Map<String, Operation> recurring) {
    OptionalLong interval = operation.intervalMillis();
    if (interval.isEmpty() || interval.getAsLong() == 0) {
      return;
    }
    String every = Durations.text(interval.getAsLong());
    if (ONCE.contains(operation.name())) {
      findings.error(
          operation.attributes(),
          key,
          key + " has the interval " + every + "; only monitor can recur, leave it 0");
    } else if (recurring.put(operation.name() + " " + every, operation) != null) {
      findings.error(
          operation.attributes(),
          key,
          key
              + " is given twice with the interval "
              + every
              + "; each needs an interval of its own");
    }
  }
}
