package org.ringward.cli.setup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives a node's files to another node over ssh, the way that administrators have there already.
 * The files travel in ssh's standard input, so that the key is on no command line and in no file
 * but its own; there they are written under other names first, and none that is there is replaced.
 */
public final class RemoteCopy {
  private static final long PATIENCE_SECONDS = 120;
  private static final int LOOKS_AT_CLOCK = 3;

  private final List<String> ssh;

  /**
   * @param ssh the command and its options, before host and remote command
   */
  public RemoteCopy(List<String> ssh) {
    this.ssh = List.copyOf(ssh);
  }

  /**
   * How it went.
   *
   * @param node name of the other node
   * @param exitCode 0, that of the script there (108: a file was there already), or ssh's own (255)
   * @param lines what was said there
   * @param clock how far its clock is off, or null when that was not found out
   */
  public record Outcome(String node, int exitCode, List<String> lines, @Nullable Offset clock) {
    public Outcome {
      lines = List.copyOf(lines);
    }
  }

  /**
   * How far another clock is ahead of this one's.
   *
   * @param millis negative when it is behind
   * @param errorMillis the truth is no farther away than this
   */
  public record Offset(double millis, double errorMillis) {}

  /**
   * Copies the files into the folder of the same name there, and has the other node's own checks
   * run.
   *
   * @param node its name in the node file
   * @param target what ssh calls it
   * @param replace whether files there may be replaced; a key there stays
   */
  public Outcome copy(String node, String target, Map<Path, byte[]> files, boolean replace) {
    List<String> command = new ArrayList<>(ssh);
    command.addAll(List.of(target, "sh -s"));
    try {
      Path errors = Files.createTempFile("ringward-ssh", ".err");
      try {
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        return talk(process, node, script(node, files, replace), errors);
      } finally {
        Files.delete(errors);
      }
    } catch (IOException exception) {
      String sentence = "%s cannot be run: %s".formatted(ssh.getFirst(), exception.getMessage());
      return new Outcome(node, 255, List.of(sentence), null);
    }
  }

  private static Outcome talk(Process process, String node, String script, Path errors)
      throws IOException {
    Thread limit = Thread.ofPlatform().daemon().name("patience").start(() -> limit(process));
    List<String> lines = new ArrayList<>();
    Offset clock = null;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      OutputStream out = process.getOutputStream();
      clock = clock(in, out);
      out.write(script.getBytes(StandardCharsets.UTF_8));
      out.close();
      in.lines().forEach(lines::add);
    } catch (IOException _) {
      // Nobody listens there any more: the exit code and the errors say why.
    }
    int exitCode = end(process);
    limit.interrupt();
    try (Stream<String> said = Files.lines(errors, StandardCharsets.ISO_8859_1)) {
      said.filter(line -> !line.isBlank()).forEach(lines::add);
    }
    return new Outcome(node, exitCode, lines, clock);
  }

  private static int end(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException _) {
      process.destroy();
      Thread.currentThread().interrupt();
      return 255;
    }
  }

  /** A person may have to type a password; a machine that hangs must not hang us. */
  private static void limit(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      // it has ended
    }
  }

  /** The quickest answer of a few tells most; the first one has ssh's own start in it. */
  private static @Nullable Offset clock(BufferedReader in, OutputStream out) throws IOException {
    Offset best = null;
    for (int look = 0; look < LOOKS_AT_CLOCK; look++) {
      Instant asked = Instant.now();
      out.write("date +%s%N\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String line = in.readLine();
      double millis = Duration.between(asked, Instant.now()).toNanos() / 1e6;
      if (line == null) {
        throw new IOException("the other side has gone");
      }
      if (line.matches("\\d{19}") && (best == null || millis / 2 < best.errorMillis())) {
        long nanos = Long.parseLong(line);
        Instant there = Instant.ofEpochSecond(0, nanos);
        double ahead = Duration.between(asked, there).toNanos() / 1e6 - millis / 2;
        best = new Offset(ahead, millis / 2);
      }
    }
    return best;
  }

  /** What the other machine's shell is told. */
  static String script(String node, Map<Path, byte[]> files, boolean replace) {
    StringBuilder text = new StringBuilder("set -u\numask 077\nhost=$(uname -n)\n");
    Path folder = files.keySet().iterator().next().toAbsolutePath().getParent();
    text.append("folder=").append(quoted(String.valueOf(folder))).append('\n');
    text.append("(umask 022; mkdir -p \"$folder\") && cd \"$folder\" || exit 73\n");
    text.append("trap 'rm -f .init-$$.*' EXIT\n");
    List<String> names = new ArrayList<>();
    for (Map.Entry<Path, byte[]> each : files.entrySet()) {
      String name = String.valueOf(each.getKey().getFileName());
      names.add(name);
      text.append("{\n");
      if (each.getKey().endsWith("ringward.yaml")) {
        text.append("case $host in ").append(node).append('|').append(node).append(".*) ;;");
        text.append(" *) echo 'node: \"").append(node).append("\"' ;; esac\n");
      }
      text.append("base64 -d <<'END'\n");
      text.append(Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(each.getValue()));
      text.append("\nEND\n} >.init-$$.").append(name).append(" || exit 73\n");
      String mode = NodeFolder.rights(each.getKey()).equals("r--------") ? "400" : "644";
      text.append("chmod ").append(mode).append(" .init-$$.").append(name).append(" || exit 73\n");
    }
    for (String name : names) {
      text.append("if [ -e ").append(name).append(" ] && ! cmp -s ").append(name);
      text.append(" .init-$$.").append(name).append("; then\n");
      boolean kept = name.equals("authkey") || !replace;
      text.append(kept ? refusal(name) : "  :\n").append("fi\n");
    }
    for (String name : names) {
      text.append("mv -f .init-$$.").append(name).append(' ').append(name).append(" || exit 73\n");
    }
    text.append("command -v ringward >/dev/null || { echo 'ringward is not installed there yet:");
    text.append(" nothing was checked'; exit 0; }\n");
    text.append("ringward init --check --folder \"$folder\" </dev/null\nexit 0\n");
    return text.toString();
  }

  private static String refusal(String name) {
    String cure =
        name.equals("authkey")
            ? "it is another key; remove it there when no cluster needs it"
            : "it is another one; --force replaces it";
    return "  echo \"$folder/" + name + " exists there: " + cure + "\"; exit 108\n";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
