package org.ringward.sim.agents;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.Execution;

/** What an execution asks for, understood as agents understand it (reference/ecosystem.md, A). */
public sealed interface Call {

  /**
   * A call of an OCF agent: path .../resource.d/PROVIDER/TYPE, one argument (A3).
   *
   * @param type the agent's name
   * @param target where a migrate_to goes, null for other actions
   */
  record Ocf(String resource, String action, String type, @Nullable String target)
      implements Call {}

  /**
   * A call of a fence agent, with its options from standard input (A4).
   *
   * @param agent the name of its program
   */
  record Fence(
      String agent, String action, @Nullable String target, SortedMap<String, String> options)
      implements Call {}

  /** A program that says whether a machine is fit for the vote of a quorum disk. */
  record Heuristic(String program) implements Call {}

  /** A program this world does not have. */
  record Unknown(String program) implements Call {}

  /** Reads an execution. */
  static Call of(Execution execution) {
    List<String> command = execution.command();
    String program = command.isEmpty() ? "" : command.getFirst();
    String name = program.substring(program.lastIndexOf('/') + 1);
    if (name.startsWith("fence_")) {
      return fence(name, execution);
    }
    if (program.equals("/bin/sh") && command.size() == 3) {
      return new Heuristic(command.get(2));
    }
    String resource = execution.environment().get("OCF_RESOURCE_INSTANCE");
    if (!program.contains("/resource.d/") || command.size() != 2) {
      return new Unknown(program);
    }
    return new Ocf(
        resource == null ? name : resource,
        command.get(1),
        name,
        execution.environment().get("OCF_RESKEY_CRM_meta_migrate_target"));
  }

  private static Call fence(String agent, Execution execution) {
    SortedMap<String, String> options = new TreeMap<>();
    String input = execution.input() == null ? "" : execution.input();
    for (String line : input.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        options.put(line.substring(0, equals).replace('-', '_'), line.substring(equals + 1));
      }
    }
    if (execution.command().size() > 1) {
      options.put("action", execution.command().getLast().replace("--action=", ""));
    }
    String target =
        options.getOrDefault(
            "port", options.getOrDefault("plug", options.getOrDefault("nodename", "")));
    return new Fence(
        agent, options.getOrDefault("action", "reboot"), target.isEmpty() ? null : target, options);
  }
}
