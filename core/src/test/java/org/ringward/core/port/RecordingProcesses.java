package org.ringward.core.port;

import java.util.ArrayList;
import java.util.List;

/** Starts nothing: keeps what was asked for, and the test decides how each program ends. */
public final class RecordingProcesses implements Processes {
  /** A program that was to be started. */
  public record Started(long id, Execution execution) {
    public String program() {
      return execution.command().getFirst();
    }

    public String variable(String name) {
      return String.valueOf(execution.environment().get(name));
    }

    /** The lines a fence agent reads. */
    public List<String> lines() {
      String input = execution.input();
      return input == null ? List.of() : input.lines().toList();
    }
  }

  private final List<Started> started = new ArrayList<>();
  private final List<Long> killed = new ArrayList<>();
  private long ids = 100;

  public long nextId() {
    return ++ids;
  }

  @Override
  public void start(long processId, Execution execution) {
    started.add(new Started(processId, execution));
  }

  @Override
  public void kill(long processId) {
    killed.add(processId);
  }

  /** All programs so far, in order. */
  public List<Started> started() {
    return started;
  }

  public Started last() {
    return started.getLast();
  }

  public int count() {
    return started.size();
  }

  public List<Long> killed() {
    return killed;
  }

  public static ProcessResult exit(int code) {
    return new ProcessResult(code, "", "", null);
  }

  public static ProcessResult exit(int code, String output, String errors) {
    return new ProcessResult(code, output, errors, null);
  }

  public static ProcessResult notStarted(String error) {
    return new ProcessResult(-1, "", "", error);
  }
}
