package org.ringward.core.fence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.agent.AgentMetadata;
import org.ringward.core.agent.AgentPrograms.End;
import org.ringward.core.agent.FenceAgent;
import org.ringward.core.base.Check;
import org.ringward.core.base.Defect;
import org.ringward.core.base.OperatorException;
import org.ringward.core.port.Entropy;
import org.ringward.core.port.Execution;

/**
 * The walk of one request through the levels of its plan. A level is: for each device read its
 * agent's metadata (once per agent), find out whether it can fence the target, then act with every
 * device in turn. A reboot with several devices is all off, then all on: with one power supply
 * still on the node would not go down. The first level whose devices all succeed ends the walk.
 *
 * <p>What says that it switched off is looked at once more where its agent can tell: a device whose
 * status still is "on" has lied, and its level has failed. A reboot cannot be looked at, the node
 * is on before and after. When the status cannot be had, the agent's own word counts, as in
 * Pacemaker.
 */
final class FenceRun implements Caller {
  private static final long METADATA_TIMEOUT_MILLIS = 10_000;

  /** How fence agents answer "status" (reference/ecosystem.md, A4). */
  private static final int STATUS_ON = 0;

  private static final int STATUS_OFF = 2;

  /** What a run needs of its executor. */
  interface Surroundings {
    String nodeName();

    FenceEnvironment environment();

    Entropy entropy();

    @Nullable AgentMetadata metadata(String agent);

    void learned(String agent, AgentMetadata metadata);

    /** Takes a place at the device; false when others have all of them. */
    boolean take(FenceDevice device);

    void release(FenceDevice device);

    void start(FenceRun run, Execution execution, long now, long deadline);
  }

  /** What is to be done next within a level. */
  private sealed interface Step {
    record Metadata(FenceDevice device) implements Step {}

    record Hosts(FenceDevice device) implements Step {}

    record HostList(FenceDevice device, boolean statusInstead) implements Step {}

    record HostStatus(FenceDevice device) implements Step {}

    /** mayFail: the power is off already, giving it back is not what the proof needs. */
    record Act(FenceDevice device, String action, boolean mayFail) implements Step {}

    /** Whether what was switched off is off. */
    record Look(FenceDevice device) implements Step {}
  }

  private final Surroundings surroundings;
  private final FencePlan plan;
  private final String target;
  private final FenceAction action;
  private final List<FenceRequest> requests = new ArrayList<>();
  private final Deque<FencePlan.Level> levels;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final Map<String, String> plugs = new TreeMap<>();
  private FencePlan.@Nullable Level level;
  private boolean acting;
  private @Nullable Step step;
  private @Nullable AgentCall call;
  private boolean holdsDevice;
  private boolean inProgress;
  private @Nullable Boolean succeeded;

  /** Why nobody wants it any more, empty while somebody does. */
  private String withdrawn = "";

  /** Nothing is begun any more but what gives power back. */
  private boolean stopping;

  /** What was switched off, by the word of its agent. */
  private final Set<FenceDevice> switchedOff = new LinkedHashSet<>();

  FenceRun(Surroundings surroundings, FenceRequest request) {
    this.surroundings = surroundings;
    this.target = request.target();
    this.action = request.action();
    this.plan = request.plan();
    this.levels = new ArrayDeque<>(plan.levels());
    this.requests.add(request);
  }

  FenceAction action() {
    return action;
  }

  /** Another request that wants the same is answered with this one. */
  void join(FenceRequest request) {
    requests.add(request);
  }

  boolean finished() {
    return succeeded != null;
  }

  /**
   * Nobody wants it any more. What runs comes to its end, and nothing more is switched off; what
   * was switched off on the way is switched on again. Without effect when only that is left.
   */
  void withdraw(String why) {
    withdrawn = withdrawn.isEmpty() ? why : withdrawn;
  }

  /** All that the proof needs is done. */
  private boolean isProven() {
    return level != null
        && acting
        && (call == null || givesBack(step))
        && steps.stream().allMatch(FenceRun::givesBack);
  }

  private static boolean givesBack(@Nullable Step step) {
    return step instanceof Step.Act act && act.mayFail();
  }

  private void stop() {
    stopping = true;
    leaveDevice();
    call = null;
    steps.clear();
    for (FenceDevice device : switchedOff) {
      if (!onlyOnTarget(device)) {
        steps.add(new Step.Act(device, "on", true));
      }
    }
  }

  /** When the walk goes on by itself, Long.MAX_VALUE when it waits for something else. */
  long nextDeadline() {
    return call != null && !inProgress && call.wake() > 0 ? call.wake() : Long.MAX_VALUE;
  }

  /** Goes on as far as possible; true when anything was done. */
  boolean advance(long now) {
    boolean moved = false;
    while (succeeded == null && !inProgress) {
      if (!withdrawn.isEmpty() && !stopping && !isProven()) {
        stop();
      }
      if (call == null) {
        next(now);
      } else if (!begin(call, now)) {
        return moved;
      }
      moved = true;
    }
    return moved;
  }

  /** The agent's program has ended. */
  void ended(End<?> end, long now) {
    AgentCall current = call;
    if (current == null) {
      throw new Defect("a fence agent ended that was not called");
    }
    inProgress = false;
    switch (current.ended(end, surroundings.environment(), now, attempts)) {
      case AGAIN -> {}
      case SUCCEEDED -> {
        leaveDevice();
        call = null;
        called(current, true);
      }
      case FAILED -> {
        leaveDevice();
        call = null;
        called(current, false);
      }
    }
  }

  /** Gives back what the run holds; it is not used any more. */
  void leaveDevice() {
    if (holdsDevice && call != null) {
      surroundings.release(call.device());
    }
    holdsDevice = false;
  }

  private boolean begin(AgentCall current, long now) {
    if (current.wake() > now) {
      return false;
    }
    // From here on it may wait for the device, no longer for a time.
    current.delayUntil(0);
    // Metadata is a matter of the program alone, the device is not touched.
    if (!holdsDevice && !(step instanceof Step.Metadata)) {
      if (!surroundings.take(current.device())) {
        return false;
      }
      holdsDevice = true;
    }
    inProgress = true;
    Execution execution = current.begin(surroundings.environment(), now);
    surroundings.start(this, execution, now, current.deadline());
    return true;
  }

  private void next(long now) {
    Step following = steps.poll();
    if (following != null) {
      step = following;
      take(following, now);
    } else if (stopping) {
      succeeded = false;
    } else if (level == null || !acting) {
      if (level == null) {
        nextLevel();
      } else {
        planActions(level);
      }
    } else {
      succeeded = true;
    }
  }

  private void nextLevel() {
    level = levels.poll();
    acting = false;
    if (level == null) {
      succeeded = false;
      return;
    }
    if (!level.problems().isEmpty()) {
      fail("", String.join("; ", level.problems()));
      return;
    }
    for (FenceDevice device : level.devices()) {
      if (plan.banned(device, surroundings.nodeName())) {
        fail(device.id(), "a location constraint keeps it from " + surroundings.nodeName());
        return;
      }
      steps.add(new Step.Metadata(device));
      steps.add(new Step.Hosts(device));
    }
  }

  private void planActions(FencePlan.Level current) {
    acting = true;
    Check.that(!current.devices().isEmpty(), "a fencing level without devices proves nothing");
    if (action == FenceAction.REBOOT && current.devices().size() > 1) {
      for (FenceDevice device : current.devices()) {
        steps.add(new Step.Act(device, "off", false));
      }
      for (FenceDevice device : current.devices()) {
        // What the node must do itself would here change the access of this node.
        if (!onlyOnTarget(device)) {
          steps.add(new Step.Act(device, "on", true));
        }
      }
      return;
    }
    for (FenceDevice device : current.devices()) {
      if (action == FenceAction.ON && onlyOnTarget(device)) {
        fail(device.id(), "%s must do that itself".formatted(target));
        return;
      }
      AgentMetadata metadata = surroundings.metadata(device.agent());
      // Fabric agents cannot reboot: they cut the node off, and that is what counts. So does what
      // cannot be asked what it offers: after "off" its status is looked at.
      boolean offInstead =
          action == FenceAction.REBOOT && (metadata == null || !metadata.offers("reboot"));
      steps.add(new Step.Act(device, offInstead ? "off" : action.word(), false));
    }
  }

  /** Whether its "on" lets in the node on which it runs, whatever target it is told. */
  private boolean onlyOnTarget(FenceDevice device) {
    AgentMetadata metadata = surroundings.metadata(device.agent());
    return metadata != null
        && !surroundings.nodeName().equalsIgnoreCase(target)
        && metadata.actions().stream()
            .anyMatch(each -> each.name().equals("on") && each.onTarget());
  }

  private void take(Step current, long now) {
    switch (current) {
      case Step.Metadata(FenceDevice device) -> {
        if (surroundings.metadata(device.agent()) == null) {
          call = call(device, "metadata", Map.of(), METADATA_TIMEOUT_MILLIS, 0);
        }
      }
      case Step.Hosts(FenceDevice device) -> findHosts(device);
      case Step.HostList(FenceDevice device, _) ->
          call =
              call(
                  device,
                  "list",
                  device.options(),
                  timeout(device, "list"),
                  retries(device, "list"));
      case Step.HostStatus(FenceDevice device) ->
          call =
              new AgentCall(
                  device,
                  index(),
                  "status",
                  options(device),
                  timeout(device, "status"),
                  retries(device, "status"),
                  // 2 means that the plug is off: the device knows it all the same.
                  exitCode -> exitCode == STATUS_ON || exitCode == STATUS_OFF);
      case Step.Act(FenceDevice device, String word, _) -> {
        call = call(device, word, options(device), timeout(device, word), retries(device, word));
        if (!word.equals("on")) {
          long delay = device.delayMillis(target, surroundings.entropy());
          call.delayUntil(delay > 0 ? now + delay * 1_000_000 : 0);
        }
      }
      case Step.Look(FenceDevice device) ->
          call =
              new AgentCall(
                  device,
                  index(),
                  "status",
                  options(device),
                  timeout(device, "status"),
                  // Some devices tell a moment later than they act.
                  retries(device, "status"),
                  exitCode -> exitCode == STATUS_OFF);
    }
  }

  private void findHosts(FenceDevice device) {
    AgentMetadata metadata = surroundings.metadata(device.agent());
    switch (device.hostCheck()) {
      // The plan has only devices whose list has the target.
      case STATIC_LIST, NONE -> {}
      case DYNAMIC_LIST -> steps.addFirst(new Step.HostList(device, false));
      case STATUS -> steps.addFirst(new Step.HostStatus(device));
      case BY_AGENT -> {
        if (metadata == null) {
          fail(
              device.id(),
              "it is unknown which nodes it can fence: its agent's metadata cannot be read, and"
                  + " neither pcmk_host_list nor pcmk_host_map is set");
        } else if (metadata.offers("list")) {
          steps.addFirst(new Step.HostList(device, metadata.offers("status")));
        } else if (metadata.offers("status")) {
          steps.addFirst(new Step.HostStatus(device));
        }
      }
    }
  }

  private void called(AgentCall ended, boolean good) {
    switch (step) {
      case Step.Metadata(FenceDevice device) -> {
        // Without metadata the device is used all the same: the usual names are tried.
        if (good) {
          learn(device, ended.output());
        }
      }
      case Step.HostList(FenceDevice device, boolean statusInstead) -> {
        if (good) {
          searchList(device, ended.output());
        } else if (statusInstead) {
          steps.addFirst(new Step.HostStatus(device));
        } else {
          giveUpLevel();
        }
      }
      case Step.Act(_, _, boolean mayFail) when mayFail -> {}
      case Step.Act(FenceDevice device, String word, _) when good -> {
        if (word.equals("off")) {
          switchedOff.add(device);
        }
        if (device.actionName(word).equals(device.actionName("off"))) {
          look(device);
        }
      }
      case Step.Look(FenceDevice device) -> {
        boolean isOn = ended.exitCode() == STATUS_ON;
        if (!good && (isOn || plan.insistsOnStatus())) {
          String says = isOn ? "says that it is on" : "cannot be had";
          fail(
              device.id(),
              "it said that it switched %s off, and its status %s".formatted(target, says));
        }
      }
      case null, default -> {
        if (!good) {
          giveUpLevel();
        }
      }
    }
  }

  private void look(FenceDevice device) {
    if (canLook(device)) {
      steps.addFirst(new Step.Look(device));
    } else if (plan.insistsOnStatus()) {
      fail(
          device.id(),
          "it said that it switched %s off, and has no status that could be asked"
              .formatted(target));
    }
  }

  private boolean canLook(FenceDevice device) {
    AgentMetadata metadata = surroundings.metadata(device.agent());
    // One that has no status answers neither "on" nor "off", which says nothing against it.
    return plan.looksAfterOff() && (metadata == null || metadata.offers("status"));
  }

  private void learn(FenceDevice device, String output) {
    try {
      surroundings.learned(device.agent(), FenceAgent.metadata(device.agent(), output));
    } catch (OperatorException e) {
      attempts.add(new Attempt(device.id(), index(), "metadata", 1, false, -1, e.sentence(), 0));
    }
  }

  /** One plug a line, "plug,alias" or a plug alone. */
  private void searchList(FenceDevice device, String output) {
    String wanted = device.plug(target, target);
    for (String line : output.lines().toList()) {
      List<String> names = DeviceText.names(line);
      if (DeviceText.contains(names, wanted)) {
        plugs.put(device.id(), names.getFirst());
        return;
      }
    }
    fail(device.id(), "it does not list " + wanted);
  }

  private AgentCall call(
      FenceDevice device, String word, Map<String, String> options, long timeout, int retries) {
    return new AgentCall(device, index(), word, options, timeout, retries, code -> code == 0);
  }

  private Map<String, String> options(FenceDevice device) {
    String listed = plugs.getOrDefault(device.id(), target);
    String plug = device.plug(target, listed);
    return device.options(target, plug, surroundings.metadata(device.agent()));
  }

  private long timeout(FenceDevice device, String word) {
    return device.timeoutMillis(word, plan.timeoutMillis());
  }

  private static int retries(FenceDevice device, String word) {
    return device.retries(word);
  }

  private int index() {
    return level == null ? 0 : level.index();
  }

  private void fail(String device, String reason) {
    attempts.add(new Attempt(device, index(), action.word(), 1, false, -1, reason, 0));
    giveUpLevel();
  }

  private void giveUpLevel() {
    steps.clear();
    level = null;
  }

  /** The outcomes of a finished run, one for each request that joined it. */
  List<FenceOutcome> outcomes(long wallMillis) {
    boolean good = Boolean.TRUE.equals(succeeded);
    String reason = good ? successReason() : failureReason();
    Proof proof = good && action != FenceAction.ON ? proof(wallMillis) : null;
    return requests.stream()
        .map(request -> new FenceOutcome(request, good, proof, attempts, reason))
        .toList();
  }

  private Proof proof(long wallMillis) {
    return requests.getFirst().device().isEmpty()
        ? Proof.power(target, surroundings.nodeName(), devices(), wallMillis)
        : Proof.access(target, surroundings.nodeName(), devices(), wallMillis);
  }

  private String successReason() {
    return "%s: %s by %s, run on %s"
        .formatted(target, action.word(), devices(), surroundings.nodeName());
  }

  private String devices() {
    Set<String> used = new LinkedHashSet<>();
    if (level != null) {
      level.devices().forEach(device -> used.add(device.id()));
    }
    return String.join(" and ", used);
  }

  private String failureReason() {
    if (stopping) {
      return "%s of %s was broken off: %s".formatted(action.word(), target, withdrawn);
    }
    String begin = "%s of %s failed".formatted(action.word(), target);
    if (plan.levels().isEmpty()) {
      String why = plan.rejected().isEmpty() ? "there are no fencing devices" : "";
      return begin + ": no device can fence it: " + why + String.join("; ", plan.rejected());
    }
    Attempt last = attempts.isEmpty() ? null : attempts.getLast();
    return last == null
        ? begin
        : "%s, last: %s %s".formatted(begin, last.device(), last.reason()).strip();
  }
}
