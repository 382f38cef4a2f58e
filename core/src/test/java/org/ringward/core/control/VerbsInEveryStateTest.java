package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.config.QuorumSettings;

/**
 * Every verb gets an answer with a sentence and a fitting exit code from a node that has just
 * started, that has no quorum, and that is about to leave (docs/verbs.md has the table).
 */
class VerbsInEveryStateTest {
  private static final int UNAVAILABLE = 69;
  private static final int NO_SUCH_OBJECT = 105;
  private static final int NO_QUORUM = 106;

  /** They tell what this node knows, whatever that is worth. */
  private static final Set<Verb> TELL =
      EnumSet.of(
          Verb.STATUS,
          Verb.TIMELINE,
          Verb.TRANSITION,
          Verb.TIMING,
          Verb.FENCING,
          Verb.LEASES,
          Verb.HISTORY,
          Verb.EXERCISED,
          Verb.SHUTDOWN);

  /** They tell what is agreed. */
  private static final Set<Verb> CONFIGURATION =
      EnumSet.of(Verb.CONFIGURATION, Verb.PLAN, Verb.WHY);

  private static final String DOCUMENT = "properties: {no-quorum-policy: stop}\n";

  private final Bus bus = new Bus();

  /** The ring answers the others before they come here, in any state. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"RING_STATUS", "RING_LINKS", "RING_RELOAD", "QUORUM_STATUS", "REGIONS", "INQUIRE"})
  @Retention(RetentionPolicy.RUNTIME)
  @interface EveryVerb {}

  /** The same on a node that is well. */
  private static void noRehearsalYet(AdminReply reply) {
    refused(reply, NO_SUCH_OBJECT, "begin one with: ringward rehearse");
  }

  private AdminReply ask(Verb verb) {
    Map<String, String> options =
        switch (verb) {
          case PLAN, APPLY -> Map.of("format", "yaml", "file", "f.yaml", "outlook", "true");
          case CONFIGURATION -> Map.of("format", "yaml");
          case WHY -> Map.of("subject", "n1");
          case FENCE -> Map.of("node", "n2", "action", "off");
          case CONFIRM -> Map.of("node", "n2", "reason", "seen");
          case STANDBY, MAINTENANCE -> Map.of("node", "n1", "on", "true");
          case MOVE, BAN, CLEAR, CLEANUP, RESTART -> Map.of("resource", "web", "node", "n1");
          case TICKET -> Map.of("ticket", "t", "granted", "true");
          case QUORUM_EXPECTED_VOTES -> Map.of("votes", "3");
          case EXERCISED ->
              Map.of("kind", "failover", "version", "0.1.0", "sentence", "it went well");
          default -> Map.of("reason", "a test");
        };
    boolean speaks = verb == Verb.PLAN || verb == Verb.APPLY;
    @Nullable String document = speaks ? DOCUMENT : null;
    AdminReply reply = bus.ask(1, verb, options, document);
    assertThat(reply).as("%s is answered", verb).isNotNull();
    return Objects.requireNonNull(reply);
  }

  private static void refused(AdminReply reply, int exitCode, String... words) {
    assertThat(reply.message()).contains(words).hasSizeGreaterThan(20);
    assertThat(reply.exitCode()).as(reply.message()).isEqualTo(exitCode);
  }

  @EveryVerb
  void ofANodeThatHasJustStarted(Verb verb) {
    bus.boot(1);
    AdminReply reply = ask(verb);
    if (verb == Verb.REHEARSAL) {
      noRehearsalYet(reply);
    } else if (TELL.contains(verb)) {
      assertThat(reply.exitCode()).as(reply.message()).isZero();
    } else if (CONFIGURATION.contains(verb)) {
      refused(reply, UNAVAILABLE, "n1 has just started", "try again soon");
    } else {
      refused(reply, UNAVAILABLE, "n1 is not in agreement", "try again soon");
    }
  }

  @EveryVerb
  void ofANodeWithoutQuorum(Verb verb) {
    bus.boot(1);
    bus.boot(2);
    bus.boot(3);
    bus.view(1, 2, 3);
    bus.view(1);
    AdminReply reply = ask(verb);
    boolean tells = TELL.contains(verb) || CONFIGURATION.contains(verb);
    if (verb == Verb.REHEARSAL) {
      noRehearsalYet(reply);
    } else if (tells || verb == Verb.QUORUM_FORCE) {
      assertThat(reply.exitCode()).as(reply.message()).isZero();
    } else {
      refused(reply, NO_QUORUM, "nothing can be changed here: ");
    }
  }

  @EveryVerb
  void ofANodeThatLeaves(Verb verb) {
    bus.boot(1, 2, QuorumSettings.DEFAULT);
    bus.boot(2, 2, QuorumSettings.DEFAULT);
    bus.view(1, 2);
    bus.control(1).leave();
    AdminReply reply = ask(verb);
    if (verb == Verb.REHEARSAL) {
      noRehearsalYet(reply);
    } else if (TELL.contains(verb) || CONFIGURATION.contains(verb)) {
      assertThat(reply.exitCode()).as(reply.message()).isZero();
    } else {
      // It is a member to its last moment: orders are carried out or refused for their own reasons.
      assertThat(reply.message()).isNotEmpty();
      assertThat(reply.exitCode()).isNotEqualTo(UNAVAILABLE);
    }
    if (reply.report() instanceof StatusReport status) {
      assertThat(status.warnings()).anyMatch(each -> each.contains("leaves the cluster"));
    }
  }
}
