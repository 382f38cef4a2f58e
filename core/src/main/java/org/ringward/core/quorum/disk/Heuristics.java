package org.ringward.core.quorum.disk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ringward.core.config.DeviceSettings.Heuristic;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;

/**
 * The programs whose success makes a node fit for the vote of a quorum disk, as qdiskd has them: a
 * program that ends with 0 adds its score, and loses it after tko failures in a row. One that has
 * not ended when it is to be started again has failed and is killed. Times are monotonic
 * nanoseconds.
 */
final class Heuristics {
  /** Ids of these processes; those of others are far below. */
  private static final long PROCESS = 1L << 60;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final String SHELL = "/bin/sh";
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final List<Program> programs = new ArrayList<>();
  private final Processes processes;
  private final int needed;
  private long processCount;

  private static final class Program {
    final Heuristic heuristic;
    long next = Long.MAX_VALUE;

    /** 0 while none runs. */
    long process;

    /** It was killed, and its end says nothing any more. */
    boolean late;

    int failures;
    boolean succeeds;
    String last = "has not ended yet";

    Program(Heuristic heuristic) {
      this.heuristic = heuristic;
    }
  }

  /**
   * @param needed the score that is enough
   */
  Heuristics(List<Heuristic> heuristics, int needed, Processes processes) {
    heuristics.forEach(each -> programs.add(new Program(each)));
    this.needed = needed;
    this.processes = processes;
  }

  void start(long now) {
    programs.forEach(program -> program.next = now);
  }

  /** Nothing is started any more, and what runs is killed. */
  void stop() {
    for (Program program : programs) {
      program.next = Long.MAX_VALUE;
      if (program.process != 0) {
        processes.kill(program.process);
      }
    }
  }

  /** Starts what is due. */
  void turn(long now) {
    for (Program program : programs) {
      if (now >= program.next) {
        program.next = now + program.heuristic.interval() * NANOS_PER_MILLI;
        due(program);
      }
    }
  }

  private void due(Program program) {
    if (program.process != 0) {
      failed(program, "has not ended within " + program.heuristic.interval() + " ms");
      program.late = true;
      processes.kill(program.process);
      return;
    }
    program.process = PROCESS + ++processCount;
    program.late = false;
    processes.start(
        program.process,
        new Execution(
            List.of(SHELL, "-c", program.heuristic.program()),
            Collections.singletonMap("PATH", PATH),
            null));
  }

  long nextDeadline() {
    long next = Long.MAX_VALUE;
    for (Program program : programs) {
      next = Math.min(next, program.next);
    }
    return next;
  }

  /** A process has ended; false when it is none of these. */
  boolean ended(long process, ProcessResult result) {
    if (process < PROCESS) {
      return false;
    }
    for (Program program : programs) {
      if (program.process == process) {
        program.process = 0;
        if (!program.late) {
          judge(program, result);
        }
      }
    }
    return true;
  }

  private static void judge(Program program, ProcessResult result) {
    String startError = result.startError();
    if (startError != null) {
      failed(program, "could not be started: " + startError);
    } else if (result.exitCode() == 0) {
      program.failures = 0;
      program.succeeds = true;
      program.last = "succeeds";
    } else {
      failed(program, "ended with " + result.exitCode());
    }
  }

  private static void failed(Program program, String how) {
    program.last = how;
    program.failures++;
    if (program.failures >= program.heuristic.tko()) {
      program.succeeds = false;
    }
  }

  int score() {
    return programs.stream()
        .filter(program -> program.succeeds)
        .mapToInt(program -> program.heuristic.score())
        .sum();
  }

  int most() {
    return programs.stream().mapToInt(program -> program.heuristic.score()).sum();
  }

  /** Without any program every node is fit. */
  boolean isEnough() {
    return programs.isEmpty() || score() >= needed;
  }

  /** What there is to say, empty without programs. */
  List<String> sentences() {
    if (programs.isEmpty()) {
      return List.of();
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "the heuristics give this node a score of %d of %d, %d needed"
            .formatted(score(), most(), needed));
    for (Program program : programs) {
      if (!program.succeeds) {
        sentences.add(
            "heuristic \"%s\" (score %d) %s"
                .formatted(program.heuristic.program(), program.heuristic.score(), program.last));
      }
    }
    return sentences;
  }
}
