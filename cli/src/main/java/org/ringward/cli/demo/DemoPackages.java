package org.ringward.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** The programs of other packages that the demo runs; installed when root on Debian. */
final class DemoPackages {
  private static final Path AGENTS = Path.of("/usr/lib/ocf/resource.d/heartbeat");

  private DemoPackages() {}

  /** Makes sure that all is there, or names in one sentence what is missing. */
  static void ensure(Environment environment, boolean namespaces) {
    List<String> missing = missing(namespaces);
    if (missing.isEmpty()) {
      return;
    }
    String launcher = environment.variables().getOrDefault("RINGWARD_LAUNCHER", "");
    if (namespaces && !launcher.isEmpty()) {
      install(Path.of(launcher).resolveSibling("tools/common"), missing);
      missing = missing(namespaces);
    }
    if (!missing.isEmpty()) {
      String names = String.join(" ", missing);
      throw new OperatorException(
          ExitCode.NOT_INSTALLED,
          "The demo needs Debian packages that are missing: %s (as root: apt-get install %s)."
              .formatted(names, names));
    }
  }

  private static List<String> missing(boolean namespaces) {
    Map<String, String> programs = new LinkedHashMap<>();
    programs.put("nginx", "nginx-light");
    programs.put("pkill", "procps");
    programs.put("setsid", "util-linux");
    if (namespaces) {
      programs.put("ip", "iproute2");
      programs.put("nsenter", "util-linux");
    }
    List<String> missing = new ArrayList<>();
    programs.forEach((program, debian) -> {
      if (Programs.find(program).isEmpty() && !missing.contains(debian)) {
        missing.add(debian);
      }
    });
    if (!Files.exists(AGENTS.resolve("IPaddr2")) || !Files.exists(AGENTS.resolve("nginx"))) {
      missing.add("resource-agents");
    }
    return missing;
  }

  /** The start script knows how packages are installed; it tells of it on standard error. */
  private static void install(Path common, List<String> packages) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "bash",
            "-c",
            "root=${1%/tools/common}; source \"$1\"; shift; install_packages \"$@\""));
    command.add("bash");
    command.add(common.toString());
    command.addAll(packages);
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start()
          .waitFor();
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.NOT_INSTALLED, "Packages cannot be installed: " + exception.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
