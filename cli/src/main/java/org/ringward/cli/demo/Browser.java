package org.ringward.cli.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The browser of the person in front of this computer. Where there is none (no display, another
 * computer's terminal, no xdg-open) nothing is started.
 */
final class Browser {
  private static final String OPENER = "xdg-open";

  private Browser() {}

  /** Opens the page, or does nothing; does not wait for it. */
  static void open(Map<String, String> variables, String address) {
    List<String> command = command(variables, Programs::find, address);
    if (command.isEmpty()) {
      return;
    }
    try {
      Programs.builder(command)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException _) {
      // its address is printed
    }
  }

  /**
   * The command line that opens it, empty for none. Who called this program by sudo gets their own
   * browser, not one of root's.
   */
  static List<String> command(
      Map<String, String> variables, Function<String, Optional<Path>> programs, String address) {
    boolean display = isSet(variables, "DISPLAY") || isSet(variables, "WAYLAND_DISPLAY");
    boolean far = isSet(variables, "SSH_CONNECTION") || isSet(variables, "SSH_TTY");
    Optional<Path> opener = programs.apply(OPENER);
    if (!display || far || opener.isEmpty()) {
      return List.of();
    }
    List<String> command = new ArrayList<>();
    String person = variables.getOrDefault("SUDO_USER", "");
    Optional<Path> sudo = programs.apply("sudo");
    if (!person.isEmpty() && !person.equals("root") && sudo.isPresent()) {
      command.addAll(
          List.of(
              sudo.get().toString(),
              "-n",
              "-H",
              "-u",
              person,
              "--preserve-env=DISPLAY,WAYLAND_DISPLAY,XAUTHORITY",
              "env",
              "XDG_RUNTIME_DIR=/run/user/" + variables.getOrDefault("SUDO_UID", "0")));
    }
    command.add(opener.get().toString());
    command.add(address);
    return command;
  }

  private static boolean isSet(Map<String, String> variables, String name) {
    return !variables.getOrDefault(name, "").isEmpty();
  }
}
