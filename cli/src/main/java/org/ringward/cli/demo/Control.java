package org.ringward.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.client.AdminClient;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.admin.TimelineReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** What an operator does at the demo's cluster, over the daemons' control sockets. */
final class Control {
  private static final Duration REPLY_PATIENCE = Duration.ofSeconds(10);
  private static final Duration STATUS_PATIENCE = Duration.ofSeconds(2);
  private static final long ORDER_NANOS = 10_000_000_000L;

  /** A daemon that is not there this long after the start will not come. */
  private static final long START_NANOS = 3_000_000_000L;

  private static final long ASK_EVERY_MILLIS = 20;

  private final Lab lab;

  Control(Lab lab) {
    this.lab = lab;
  }

  /** The cluster as that machine's daemon sees it; empty when it does not answer. */
  Optional<StatusReport> status(String node) {
    if (!lab.powered(node)) {
      return Optional.empty();
    }
    try {
      AdminReply reply = ask(node, Verb.STATUS, Map.of(), null, STATUS_PATIENCE);
      return reply.report() instanceof StatusReport status ? Optional.of(status) : Optional.empty();
    } catch (OperatorException _) {
      return Optional.empty();
    }
  }

  /** Who that machine's daemon hears on which heartbeat region; empty when it does not answer. */
  Optional<RegionsReport> regions(String node) {
    if (!lab.powered(node)) {
      return Optional.empty();
    }
    try {
      AdminReply reply = ask(node, Verb.REGIONS, Map.of(), null, STATUS_PATIENCE);
      return reply.report() instanceof RegionsReport report
          ? Optional.of(report)
          : Optional.empty();
    } catch (OperatorException _) {
      return Optional.empty();
    }
  }

  /**
   * Has one machine's daemon ask another over the heartbeat regions.
   *
   * @return what it answered, empty when it did not
   */
  String inquire(String asking, String asked) {
    AdminReply reply = attempt(asking, Verb.INQUIRE, Map.of("node", asked), null);
    return reply.exitCode() == 0 ? reply.message() : "";
  }

  /** The status of the first machine whose daemon answers and is in a quorate part. */
  Optional<StatusReport> quorateStatus() {
    return lab.nodes().stream()
        .map(this::status)
        .flatMap(Optional::stream)
        .filter(StatusReport::quorate)
        .findFirst();
  }

  /**
   * Gives an order to the first machine that obeys; repeats while it is told to try again, as an
   * operator would.
   */
  AdminReply order(Verb verb, Map<String, String> options, @Nullable String document) {
    long until = System.nanoTime() + ORDER_NANOS;
    AdminReply last = AdminReply.failed(ExitCode.UNAVAILABLE.number(), "no daemon answers");
    do {
      for (String node : lab.nodes()) {
        if (lab.powered(node) && lab.daemon(node) != 0) {
          last = attempt(node, verb, options, document);
          if (last.exitCode() == 0) {
            return last;
          }
        }
      }
      Patience.await(ASK_EVERY_MILLIS * 1_000_000, ASK_EVERY_MILLIS, () -> false);
    } while (temporary(last) && System.nanoTime() - until < 0);
    throw new OperatorException(
        ExitCode.UNAVAILABLE,
        "The cluster refused the order %s: %s"
            .formatted(verb.name().toLowerCase(Locale.ROOT), last.message()));
  }

  private static boolean temporary(AdminReply reply) {
    return reply.exitCode() == ExitCode.TEMPORARY.number()
        || reply.exitCode() == ExitCode.UNAVAILABLE.number()
        || reply.exitCode() == ExitCode.NO_QUORUM.number()
        || reply.exitCode() == ExitCode.DISCONNECTED.number();
  }

  /** Gives an order to one machine. */
  AdminReply attempt(
      String node, Verb verb, Map<String, String> options, @Nullable String document) {
    try {
      return ask(node, verb, options, document, REPLY_PATIENCE);
    } catch (OperatorException exception) {
      return AdminReply.failed(exception.exitCode().number(), exception.sentence());
    }
  }

  private AdminReply ask(
      String node,
      Verb verb,
      Map<String, String> options,
      @Nullable String document,
      Duration patience) {
    return new AdminClient(lab.socket(node), patience)
        .ask(new AdminRequest(verb, "demo", options, document));
  }

  /** The decisions of the last seconds, oldest first; empty when nobody answers. */
  TimelineReport timeline(long seconds) {
    for (String node : lab.nodes()) {
      if (lab.powered(node) && lab.daemon(node) != 0) {
        Map<String, String> since = Map.of("since", Long.toString(seconds));
        AdminReply reply = attempt(node, Verb.TIMELINE, since, null);
        if (reply.report() instanceof TimelineReport timeline) {
          return timeline;
        }
      }
    }
    return new TimelineReport(List.of());
  }

  /**
   * Waits until every machine's daemon says that all are members and nothing is pending.
   *
   * @return empty when that came within the time, otherwise a sentence for what is missing
   */
  Optional<String> awaitSettled(long seconds) {
    return await(seconds, status -> missing(status).isEmpty());
  }

  /** Waits until every machine's daemon sees all members and quorum; nothing need be settled. */
  Optional<String> awaitRing(long seconds) {
    return await(seconds, status -> status.quorate() && strangers(status).isEmpty());
  }

  private Optional<String> await(long seconds, Predicate<StatusReport> good) {
    long began = System.nanoTime();
    boolean over =
        Patience.await(
            seconds * 1_000_000_000,
            ASK_EVERY_MILLIS,
            () -> everywhere(good) || (System.nanoTime() - began > START_NANOS && daemonEnded()));
    return over && everywhere(good) ? Optional.empty() : Optional.of(explain(seconds));
  }

  private boolean everywhere(Predicate<StatusReport> good) {
    return lab.nodes().stream().allMatch(node -> status(node).filter(good).isPresent());
  }

  /** Nobody but the demo would bring it back, so there is nothing to wait for. */
  private boolean daemonEnded() {
    return lab.nodes().stream().anyMatch(node -> !lab.powered(node) || lab.daemon(node) == 0);
  }

  /** The last line that the daemon wrote. */
  private String lastWords(String node) {
    try {
      List<String> lines = Files.readAllLines(lab.daemonLog(node));
      return lines.isEmpty() ? "without a word" : lines.getLast().strip();
    } catch (IOException _) {
      return "without a word";
    }
  }

  private String explain(long seconds) {
    List<String> complaints = new ArrayList<>();
    for (String node : lab.nodes()) {
      Optional<StatusReport> status = status(node);
      if (!lab.powered(node)) {
        complaints.add(node + " is off");
      } else if (lab.daemon(node) == 0) {
        complaints.add("the daemon of " + node + " has ended: " + lastWords(node));
      } else if (status.isEmpty()) {
        complaints.add("the daemon of " + node + " does not answer");
      } else {
        missing(status.get()).map(what -> node + " says that " + what).ifPresent(complaints::add);
      }
    }
    return "The cluster was not whole and settled within %d s: %s"
        .formatted(
            seconds, complaints.isEmpty() ? "it came just now" : String.join("; ", complaints));
  }

  private static Optional<String> missing(StatusReport status) {
    List<String> strangers = strangers(status);
    if (!status.quorate()) {
      return Optional.of("there is no quorum");
    }
    if (!strangers.isEmpty()) {
      return Optional.of(String.join(", ", strangers));
    }
    return status.settled() ? Optional.empty() : Optional.of("a transition is running");
  }

  private static List<String> strangers(StatusReport status) {
    return status.nodes().stream()
        .filter(node -> !node.state().equals("member"))
        .map(node -> node.name() + " is " + node.state())
        .toList();
  }
}
