package org.ringward.cli.holders;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Processes of this machine that use a folder, an address or a port, as far as whoever asks may see
 * it. The search is bounded in time; what was found until then is given, with a word that it may
 * not be all.
 */
public final class Holders {
  private static final int BYTES_MOST = 4_000_000;
  private static final int FILES_MOST = 20_000;
  private static final String SOCKET = "socket:[";

  private final Path proc;
  private final long patienceNanos;

  /**
   * @param proc where the kernel shows processes
   * @param patience how long a search may take
   */
  public Holders(Path proc, Duration patience) {
    this.proc = proc;
    this.patienceNanos = patience.toNanos();
  }

  /** Those of this machine, searched for at most a second. */
  public static Holders here() {
    return new Holders(Path.of("/proc"), Duration.ofSeconds(1));
  }

  /**
   * A process, or a mount.
   *
   * @param name the command's name; the path of a mount
   * @param how what it does with it, a few words
   */
  public record Holder(long pid, String name, String how) {}

  /**
   * What was found.
   *
   * @param whole false when time ran out, or processes could not be looked into
   */
  public record Found(List<Holder> holders, boolean whole) {
    public Found {
      holders = List.copyOf(holders);
    }
  }

  /** What a search has come to. */
  private final class Search {
    final long until = System.nanoTime() + patienceNanos;
    final List<Holder> holders = new ArrayList<>();
    boolean whole = true;

    boolean late() {
      boolean late = System.nanoTime() - until >= 0;
      whole &= !late;
      return late;
    }

    Found found() {
      return new Found(holders, whole);
    }
  }

  /**
   * Who stands in the folder or something below it, has a file there open, runs from there, or is
   * mounted there.
   *
   * @param folder an absolute path
   */
  public Found below(String folder) {
    String plain = folder.length() > 1 ? folder.replaceFirst("/+$", "") : folder;
    Predicate<String> inside =
        path -> path.equals(plain) || path.startsWith(plain.equals("/") ? "/" : plain + "/");
    Search search = new Search();
    text(proc.resolve("self/mounts"))
        .map(line -> line.split(" ", -1))
        .filter(parts -> parts.length > 2 && !parts[1].equals(plain) && inside.test(parts[1]))
        .forEach(parts -> search.holders.add(new Holder(0, parts[1], "mounted below it")));
    for (Path process : processes(search)) {
      if (search.late()) {
        break;
      }
      String how = uses(process, inside, search);
      if (!how.isEmpty()) {
        search.holders.add(new Holder(pid(process), name(process), how));
      }
    }
    return search.found();
  }

  private String uses(Path process, Predicate<String> inside, Search search) {
    List<String> how = new ArrayList<>();
    if (inside.test(target(process.resolve("cwd")))
        || inside.test(target(process.resolve("root")))) {
      how.add("stands in it");
    }
    if (inside.test(target(process.resolve("exe")))) {
      how.add("runs from it");
    }
    long open = targets(process, search).stream().filter(inside).count();
    if (open > 0) {
      how.add(open == 1 ? "1 file open" : open + " files open");
    }
    if (how.isEmpty() && text(process.resolve("maps")).map(Holders::mapped).anyMatch(inside)) {
      how.add("has a file of it in memory");
    }
    return String.join(", ", how);
  }

  /** The file of a line of maps; empty for none. */
  private static String mapped(String line) {
    int slash = line.indexOf('/');
    return slash < 0 ? "" : line.substring(slash);
  }

  /**
   * Whose sockets are bound to that address, or talk from it.
   *
   * @param address IPv4 or IPv6
   */
  public Found address(String address) {
    String wanted = Sockets.canonical(address);
    return wanted.isEmpty()
        ? new Found(List.of(), true)
        : sockets(socket -> socket.address().equals(wanted));
  }

  /** Who listens on that port, TCP or UDP, at any address, and who talks from it. */
  public Found port(int port) {
    return sockets(socket -> socket.port() == port);
  }

  private Found sockets(Predicate<Sockets.Socket> wanted) {
    Map<String, Sockets.Socket> byInode = new HashMap<>();
    for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
      text(proc.resolve("net/" + table))
          .map(line -> Sockets.parse(table, line))
          .flatMap(Stream::ofNullable)
          .filter(wanted)
          .forEach(socket -> byInode.put(socket.inode(), socket));
    }
    Search search = new Search();
    if (byInode.isEmpty()) {
      return search.found();
    }
    for (Path process : processes(search)) {
      if (search.late()) {
        break;
      }
      List<Sockets.Socket> own = new ArrayList<>();
      for (String each : targets(process, search)) {
        if (each.startsWith(SOCKET)) {
          Sockets.Socket socket = byInode.get(each.substring(SOCKET.length(), each.length() - 1));
          if (socket != null) {
            own.add(socket);
          }
        }
      }
      if (!own.isEmpty()) {
        search.holders.add(new Holder(pid(process), name(process), Sockets.describe(own)));
      }
    }
    return search.found();
  }

  /** All but the asking one, by number. */
  private List<Path> processes(Search search) {
    List<Path> all = new ArrayList<>();
    String self = Long.toString(ProcessHandle.current().pid());
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(proc, "[1-9]*")) {
      stream.forEach(all::add);
    } catch (IOException _) {
      search.whole = false;
    }
    all.removeIf(each -> String.valueOf(each.getFileName()).equals(self));
    all.sort(Comparator.comparingLong(Holders::pid));
    return all;
  }

  /** What the process has open, as the kernel names it. */
  private static List<String> targets(Path process, Search search) {
    List<String> targets = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path each : stream) {
        targets.add(target(each));
        if (targets.size() >= FILES_MOST || search.late()) {
          search.whole = false;
          break;
        }
      }
    } catch (IOException _) {
      // It has ended meanwhile, or is not ours to look into.
      search.whole &= !Files.exists(process);
    }
    return targets;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "";
    }
  }

  private static long pid(Path process) {
    String name = String.valueOf(process.getFileName());
    return name.matches("[0-9]{1,10}") ? Long.parseLong(name) : Long.MAX_VALUE;
  }

  private static String name(Path process) {
    return text(process.resolve("comm")).findFirst().orElse("?");
  }

  private static Stream<String> text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(BYTES_MOST), StandardCharsets.UTF_8).lines();
    } catch (IOException _) {
      return Stream.empty(); // Not there (any more), or not for us.
    }
  }
}
