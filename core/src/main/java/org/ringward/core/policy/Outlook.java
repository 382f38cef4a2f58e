package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.ClusterProperties;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.Operation;
import org.ringward.core.cib.Primitive;
import org.ringward.core.fence.FencePlan;
import org.ringward.core.policy.report.OperationSpec;
import org.ringward.core.policy.report.StatusModification;
import org.ringward.core.policy.report.StatusModification.Kind;
import org.ringward.core.policy.report.StatusModifications;

/**
 * What would happen after each single failure: worked out by the scheduler itself on a copy of the
 * cluster in which everything that is planned has been done. What a failure does to votes and links
 * is told by the {@link Surroundings}; how long things take is not known here ({@code ringward
 * rehearse} measures that).
 */
public final class Outlook {
  private final Configuration configuration;
  private final long now;
  private final Surroundings around;
  private final Settling rest;

  /** What can fail. */
  public enum Part {
    NODE,
    LINK,
    REGION,
    /** A fencing device fails while one of the nodes it fences dies. */
    FENCE_DEVICE,
    RESOURCE;

    /** For people: node, link, region, fence device, resource. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** How it would end. */
  public enum Verdict {
    /** No service is touched. */
    UNTOUCHED,
    /** Everything runs again without a person. */
    RECOVERS,
    /** Something that ran does not run any more. */
    LOSES,
    /** Something waits until a person or a repair proves that it is safe. */
    WAITS,
    /** Something may run twice. */
    UNSAFE;

    /** In small letters. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One failure. */
  public record Fault(Part part, String subject) {}

  /**
   * What one failure leads to.
   *
   * @param sentence why it ends like that
   * @param effects what happens to each resource that is touched, a few words each
   */
  public record Outcome(Fault fault, Verdict verdict, String sentence, List<String> effects) {
    public Outcome {
      effects = List.copyOf(effects);
    }
  }

  /**
   * What the scheduler does not know.
   *
   * @param links how many links the ring has
   * @param regions names of the heartbeat regions
   * @param spared nodes without which the others may go on
   * @param alone nodes that may go on when no other is reached
   * @param bound nodes whose watchdog proves that they are off
   */
  public record Surroundings(
      int links,
      List<String> regions,
      List<String> spared,
      List<String> alone,
      List<String> bound) {
    public Surroundings {
      regions = List.copyOf(regions);
      spared = List.copyOf(spared);
      alone = List.copyOf(alone);
      bound = List.copyOf(bound);
    }
  }

  private Outlook(Cib cib, long now, Surroundings around) {
    this.configuration = cib.configuration();
    this.now = now;
    this.around = around;
    this.rest = Settling.of(cib, now, List.of());
  }

  /**
   * Prepares the outlook: carries out what is planned.
   *
   * @param cib the cluster with the configuration that is looked at
   * @param now seconds since 1970
   */
  public static Outlook of(Cib cib, long now, Surroundings around) {
    return new Outlook(cib, now, around);
  }

  /** Every single failure, in the order of {@link Part}. */
  public List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    members().forEach(node -> faults.add(new Fault(Part.NODE, node)));
    for (int link = 0; link < around.links(); link++) {
      faults.add(new Fault(Part.LINK, Integer.toString(link)));
    }
    around.regions().forEach(region -> faults.add(new Fault(Part.REGION, region)));
    for (Primitive each : configuration.primitives()) {
      if (each.isFencingDevice()) {
        faults.add(new Fault(Part.FENCE_DEVICE, each.id()));
      }
    }
    for (String resource : rest.places().keySet()) {
      if (!nodes(resource).isEmpty()) {
        faults.add(new Fault(Part.RESOURCE, resource));
      }
    }
    return faults;
  }

  /** What one of the {@link #faults} leads to; takes the time of a few schedules. */
  public Outcome outcome(Fault fault) {
    return switch (fault.part()) {
      case NODE -> node(fault);
      case LINK -> link(fault);
      case REGION -> region(fault);
      case FENCE_DEVICE -> device(fault);
      case RESOURCE -> resource(fault);
    };
  }

  private List<String> members() {
    return configuration.nodes().stream()
        .filter(each -> each.attributes().get("type", "member").equals("member"))
        .map(NodeEntry::uname)
        .toList();
  }

  private List<String> nodes(String resource) {
    return rest.places().getOrDefault(resource, List.of());
  }

  private List<String> held(String node) {
    List<String> held = new ArrayList<>();
    rest.places()
        .forEach((resource, where) -> {
          if (where.stream().anyMatch(each -> plain(each).equals(node))) {
            held.add(resource);
          }
        });
    return held;
  }

  private static String plain(String place) {
    int space = place.indexOf(' ');
    return space < 0 ? place : place.substring(0, space);
  }

  private boolean fences() {
    return ClusterProperties.of(configuration).isTrue("fencing-enabled");
  }

  // ---- nodes ----

  private Outcome node(Fault fault) {
    String node = fault.subject();
    if (!around.spared().contains(node)) {
      return withoutQuorum(
          fault, "without %s the others have no quorum".formatted(node), lost(node, false));
    }
    String proof = proof(node, "");
    if (proof == null && fences()) {
      return stuck(fault, node, "no fencing device covers " + node);
    }
    Settling after = settled(lost(node, true));
    String how =
        proof == null
            ? "fencing is off, so nothing proves that %s is down".formatted(node)
            : "%s proves that it is down".formatted(proof);
    return judged(fault, after, how, proof == null && !held(node).isEmpty());
  }

  private Cib lost(String node, boolean quorum) {
    Cib down =
        StatusModifications.apply(
                rest.cib(), List.of(new StatusModification(Kind.NODE_FAIL, node)), now)
            .cib();
    return down.withQuorum(quorum);
  }

  private Settling settled(Cib cib) {
    return Settling.of(cib, now + 10, List.of());
  }

  /** What proves that a node is down, null when nothing does; a device may be out of order. */
  private @Nullable String proof(String node, String broken) {
    FencePlan plan = FencePlan.of(configuration, node);
    List<String> others = members().stream().filter(each -> !each.equals(node)).toList();
    if (!plan.executors(others).isEmpty()) {
      for (List<String> level : plan.deviceIds()) {
        if (!level.contains(broken)) {
          return String.join(" with ", level);
        }
      }
    }
    return around.bound().contains(node) ? "its watchdog" : null;
  }

  /** What ran there stays where it is until somebody proves something. */
  private Outcome stuck(Fault fault, String node, String why) {
    List<String> held = held(node);
    String until = "ringward confirm " + node;
    return new Outcome(
        fault,
        held.isEmpty() ? Verdict.UNTOUCHED : Verdict.WAITS,
        held.isEmpty()
            ? why + "; nothing runs there"
            : why
                + ": what ran there waits until a person confirms that it is down ("
                + until
                + ")",
        held.stream().map(each -> each + " stays stopped").toList());
  }

  private Outcome withoutQuorum(Fault fault, String why, Cib cib) {
    Settling after = settled(cib);
    String policy = ClusterProperties.of(configuration).value("no-quorum-policy");
    Outcome judged =
        judged(fault, after, "%s (no-quorum-policy: %s)".formatted(why, policy), false);
    boolean waits = judged.verdict() == Verdict.UNTOUCHED || judged.verdict() == Verdict.RECOVERS;
    return waits ? new Outcome(fault, Verdict.WAITS, judged.sentence(), judged.effects()) : judged;
  }

  // ---- the network ----

  private Outcome link(Fault fault) {
    if (around.links() > 1) {
      return new Outcome(
          fault,
          Verdict.UNTOUCHED,
          "the ring goes on over %s"
              .formatted(around.links() == 2 ? "the other link" : "the other links"),
          List.of());
    }
    List<String> winners = members().stream().filter(around.alone()::contains).toList();
    if (winners.isEmpty()) {
      return withoutQuorum(
          fault,
          "it is the only link: every node is alone and has no quorum",
          rest.cib().withQuorum(false));
    }
    List<String> unproven =
        members().stream().filter(each -> fences() && proof(each, "") == null).toList();
    if (!fences()) {
      return new Outcome(
          fault,
          Verdict.UNSAFE,
          "it is the only link, %s may go on alone and fencing is off: resources run twice"
              .formatted(String.join(" and ", winners)),
          List.of());
    }
    if (!unproven.isEmpty()) {
      return new Outcome(
          fault,
          Verdict.WAITS,
          "it is the only link: who goes on must prove that the others are down, and nothing does for "
              + String.join(", ", unproven),
          List.of());
    }
    return new Outcome(
        fault,
        Verdict.RECOVERS,
        "it is the only link: %s, the others are fenced"
            .formatted(
                winners.size() == 1
                    ? winners.getFirst() + " goes on"
                    : "who of " + String.join(" and ", winners) + " fences first goes on"),
        List.of());
  }

  private Outcome region(Fault fault) {
    int left = around.regions().size() - 1;
    String sentence =
        left == 0
            ? "nothing is left that shows whether a node that the ring lost still lives; fencing"
                + " does not need it"
            : "%d other%s still show%s which nodes live"
                .formatted(left, left == 1 ? "" : "s", left == 1 ? "s" : "");
    return new Outcome(fault, Verdict.UNTOUCHED, sentence, List.of());
  }

  // ---- fencing ----

  private Outcome device(Fault fault) {
    String device = fault.subject();
    if (!fences()) {
      return new Outcome(fault, Verdict.UNTOUCHED, "fencing is off, so nobody uses it", List.of());
    }
    List<String> covered = new ArrayList<>();
    List<String> waiting = new ArrayList<>();
    List<String> otherwise = new ArrayList<>();
    for (String node : members()) {
      if (FencePlan.of(configuration, node).deviceIds().stream()
          .noneMatch(level -> level.contains(device))) {
        continue;
      }
      covered.add(node);
      String other = proof(node, device);
      if (other == null) {
        waiting.add(node);
      } else {
        otherwise.add("%s is fenced by %s".formatted(node, other));
      }
    }
    if (covered.isEmpty()) {
      return new Outcome(fault, Verdict.UNTOUCHED, "it fences none of the nodes", List.of());
    }
    if (waiting.isEmpty()) {
      return new Outcome(fault, Verdict.RECOVERS, "another proof takes its place", otherwise);
    }
    List<String> effects = new ArrayList<>(otherwise);
    for (String node : waiting) {
      List<String> held = held(node);
      effects.add(
          held.isEmpty()
              ? node + ": nothing runs there"
              : node + ": " + String.join(", ", held) + " would stay stopped");
    }
    return new Outcome(
        fault,
        Verdict.WAITS,
        "it is the only proof for %s: when such a node dies too, what ran there waits until the device works or a person confirms"
            .formatted(String.join(", ", waiting)),
        effects);
  }

  // ---- resources ----

  private Outcome resource(Fault fault) {
    String resource = fault.subject();
    String node = plain(nodes(resource).getFirst());
    Primitive primitive =
        configuration.primitives().stream()
            .filter(each -> each.id().equals(resource))
            .map(configuration::effective)
            .findFirst()
            .orElse(null);
    long interval = primitive == null ? 0 : monitor(primitive);
    if (interval == 0) {
      return new Outcome(
          fault, Verdict.WAITS, "it has no monitor: nobody would notice that it failed", List.of());
    }
    OperationSpec failed = new OperationSpec(resource, "monitor", interval, node, 1);
    Cib broken =
        StatusModifications.apply(
                rest.cib(),
                List.of(new StatusModification(Kind.OPERATION, failed.toString())),
                now + 5)
            .cib();
    Settling after = settled(broken);
    Outcome judged =
        judged(
            fault,
            after,
            "its monitor on %s notices within %s".formatted(node, time(interval)),
            false);
    String again = startAgain(resource, node, broken);
    List<String> effects = new ArrayList<>(judged.effects());
    if (again != null) {
      effects.add(again);
    }
    return new Outcome(fault, judged.verdict(), judged.sentence(), effects);
  }

  private static String time(long millis) {
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  /** What comes of it when it does not even start any more where it was. */
  private @Nullable String startAgain(String resource, String node, Cib broken) {
    OperationSpec start = new OperationSpec(resource, "start", 0, node, 1);
    Settling after = Settling.of(broken, now + 10, List.of(start));
    List<String> where = after.places().getOrDefault(resource, List.of());
    if (where.stream().anyMatch(each -> plain(each).equals(node))) {
      return null;
    }
    List<String> rest = where.stream().filter(each -> !nodes(resource).contains(each)).toList();
    String ends =
        !rest.isEmpty()
            ? "goes to " + String.join(", ", rest)
            : where.isEmpty() ? "stays stopped" : "goes on at " + String.join(", ", where);
    return "if it does not start there again: " + resource + " " + ends;
  }

  private static long monitor(Primitive primitive) {
    return primitive.operations().stream()
        .filter(each -> each.name().equals("monitor") && each.enabled())
        .mapToLong(each -> interval(each))
        .filter(each -> each > 0)
        .min()
        .orElse(0);
  }

  private static long interval(Operation operation) {
    return operation.intervalMillis().orElse(0);
  }

  // ---- what became of it ----

  private Outcome judged(Fault fault, Settling after, String sentence, boolean unproven) {
    List<String> effects = new ArrayList<>();
    boolean loses = false;
    for (String resource : rest.places().keySet()) {
      List<String> before = nodes(resource);
      List<String> then = after.places().getOrDefault(resource, List.of());
      String effect = before.equals(then) ? restart(resource, after) : change(before, then);
      if (effect != null) {
        effects.add(resource + ": " + effect + (then.isEmpty() ? because(resource, after) : ""));
        loses |= then.isEmpty() && !before.isEmpty();
      }
    }
    Verdict verdict =
        unproven
            ? Verdict.UNSAFE
            : loses ? Verdict.LOSES : effects.isEmpty() ? Verdict.UNTOUCHED : Verdict.RECOVERS;
    return new Outcome(fault, verdict, sentence, effects);
  }

  private static String because(String resource, Settling after) {
    String obstacle = after.obstacle(resource);
    return obstacle == null ? "" : " (" + obstacle + ")";
  }

  private static @Nullable String restart(String resource, Settling after) {
    for (Schedule.PlannedChange change : after.changes()) {
      boolean same =
          change.resource().equals(resource) || change.resource().startsWith(resource + ":");
      if (same && !change.to().isEmpty() && !change.blocked()) {
        return "restarts on " + change.to();
      }
    }
    return null;
  }

  private static String change(List<String> before, List<String> then) {
    List<String> gone = before.stream().filter(each -> !then.contains(each)).toList();
    List<String> come = then.stream().filter(each -> !before.contains(each)).toList();
    if (then.isEmpty()) {
      return "stops on " + String.join(", ", gone);
    }
    if (come.isEmpty()) {
      return "not on "
          + String.join(", ", gone)
          + " any more, goes on at "
          + String.join(", ", then);
    }
    return gone.isEmpty()
        ? "starts on " + String.join(", ", come)
        : String.join(", ", gone) + " -> " + String.join(", ", come);
  }
}
