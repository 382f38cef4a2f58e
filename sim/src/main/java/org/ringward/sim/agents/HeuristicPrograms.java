package org.ringward.sim.agents;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.ProcessResult;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/**
 * The programs whose success makes a machine fit for the vote of a quorum disk. One that is named
 * {@code ping HOST}, by the number of the host, finds what is true; all of them may fail, hang, be
 * slow, or be gone.
 */
public final class HeuristicPrograms {
  private static final String PING = "ping ";

  private final Chance chance;
  private State state = State.WORK;
  private IntPredicate reaches = _ -> true;

  /** How they are. */
  public enum State {
    WORK,
    FAIL,
    HANG,
    SLOW,
    GONE
  }

  /**
   * How one will end.
   *
   * @param after nanoseconds, {@link Time#NEVER} when it hangs
   */
  record End(long after, ProcessResult result) {}

  HeuristicPrograms(int machine) {
    this.chance = new Chance(0x6865_7572L + machine);
  }

  /** Which hosts this machine reaches. */
  public void pings(IntPredicate host) {
    reaches = host;
  }

  /** From now on they are that. */
  public void are(State changed) {
    state = changed;
  }

  End run(String program) {
    long usual = chance.between(Time.MILLIS, 40 * Time.MILLIS);
    return switch (state) {
      case FAIL -> new End(usual, exit(1, null));
      case HANG -> new End(Time.NEVER, exit(0, null));
      case SLOW -> new End(chance.between(100 * Time.MILLIS, 4 * Time.SECONDS), found(program));
      case GONE -> new End(usual, exit(-1, "no such program"));
      case WORK -> new End(usual, found(program));
    };
  }

  private ProcessResult found(String program) {
    boolean lost =
        program.startsWith(PING) && !reaches.test(Integer.parseInt(program.substring(5).strip()));
    return exit(lost ? 1 : 0, null);
  }

  private static ProcessResult exit(int code, @Nullable String error) {
    return new ProcessResult(code, "", "", error);
  }
}
