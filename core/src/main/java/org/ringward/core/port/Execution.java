package org.ringward.core.port;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to run.
 *
 * @param command absolute path of the program and its arguments
 * @param environment the whole environment, nothing is inherited
 * @param input what it reads from standard input, null for none
 */
public record Execution(
    List<String> command, Map<String, String> environment, @Nullable String input) {
  public Execution {
    command = List.copyOf(command);
  }
}
