package org.ringward.interop.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one member wrote down between its start and its end: for each ring the messages and the
 * ordered joins and leaves, as they were delivered.
 */
final class Life {
  private static final Pattern FORMED =
      Pattern.compile("A new membership \\(([0-9a-f]+\\.[0-9a-f]+)\\) was formed");

  private final String name;
  private int node;
  private String id = "";
  private boolean ended;
  private final List<Segment> segments = new ArrayList<>();
  private final List<String> accepted = new ArrayList<>();

  /** Every ring that was installed, those that broke before their sync was complete included. */
  private final List<String> installed = new ArrayList<>();

  /** A life without anything in it, for tests. */
  Life(String name) {
    this.name = name;
  }

  /** What was delivered while one ring was in use. */
  record Segment(String ring, Set<Integer> members, List<Item> items) {}

  /**
   * A message, or a node that joined or left the group.
   *
   * @param life of the sender, "0" when the message is too short to tell; empty for no message
   * @param text all there is to compare
   */
  record Item(Kind kind, int node, String life, int number, String text) {
    boolean isIdentified() {
      return kind == Kind.MESSAGE && number >= 0;
    }

    /** Names an identified message. */
    String key() {
      return life + "/" + number;
    }
  }

  /** What an item is. */
  enum Kind {
    MESSAGE,
    JOIN,
    LEAVE
  }

  /** Reads a journal; a line that was cut at its end is left out. */
  static Life read(Path file, boolean real) {
    try {
      String text = Files.readString(file);
      Life life =
          parse(String.valueOf(file.getFileName()), text.substring(0, text.lastIndexOf('\n') + 1));
      if (real) {
        // libcpg does not tell of rings that broke during their sync; corosync's log does.
        String log = Files.readString(file.resolveSibling("var/log/corosync/corosync.log"));
        FORMED.matcher(log).results().forEach(found -> life.installed.add(found.group(1)));
      }
      return life;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Life parse(String name, String text) {
    Life life = new Life(name);
    List<Item> early = new ArrayList<>();
    text.lines().forEach(line -> life.line(line.split(" ", -1), line, early));
    return life;
  }

  private void line(String[] words, String line, List<Item> early) {
    switch (words[0]) {
      case "B" -> {
        node = Integer.parseInt(words[1]);
        id = words[2];
      }
      case "T" -> {
        // What comes before the first ring is told belongs to it; corosync may tell a ring twice.
        List<Item> items = segments.isEmpty() ? early : new ArrayList<>();
        if (segments.isEmpty() || !segments.getLast().ring().equals(words[1])) {
          segments.add(new Segment(words[1], numbers(words[2]), items));
        }
      }
      case "R" -> installed.add(words[1]);
      case "S" -> accepted.add(words[1]);
      case "E" -> ended = true;
      default -> items(early).add(item(words, line));
    }
  }

  private List<Item> items(List<Item> early) {
    return segments.isEmpty() ? early : segments.getLast().items();
  }

  private static Item item(String[] words, String line) {
    int node = Integer.parseInt(words[1]);
    return switch (words[0]) {
      case "M" -> new Item(Kind.MESSAGE, node, words[2], Integer.parseInt(words[3]), line);
      case "J" -> new Item(Kind.JOIN, node, "", -1, line);
      case "L" -> new Item(Kind.LEAVE, node, "", -1, line);
      default -> throw new IllegalArgumentException("line of a journal: " + line);
    };
  }

  private static Set<Integer> numbers(String list) {
    Set<Integer> found = new HashSet<>();
    for (String each : list.split(",", -1)) {
      found.add(Integer.parseInt(each));
    }
    return found;
  }

  /** How reports call it. */
  String name() {
    return name;
  }

  int node() {
    return node;
  }

  String id() {
    return id;
  }

  /** Whether it left in order; otherwise it still lives, or was killed. */
  boolean ended() {
    return ended;
  }

  /** Numbers of the messages it was allowed to send. */
  List<String> accepted() {
    return accepted;
  }

  List<Segment> segments() {
    return segments;
  }

  /** The place of a ring among those of this life, -1 when it was not in it. */
  int indexOf(String ring) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).ring().equals(ring)) {
        return i;
      }
    }
    return -1;
  }

  /** All rings after that segment's, up to the next that was in use; empty when there is none. */
  List<String> pathAfter(int segment) {
    String next = segment + 1 < segments.size() ? segments.get(segment + 1).ring() : "";
    return path(segments.get(segment).ring(), next);
  }

  /** All rings from the one in use before a ring up to it; empty when there is none. */
  List<String> pathBefore(String ring) {
    int at = indexOf(ring);
    if (at <= 0) {
      return List.of();
    }
    List<String> path = new ArrayList<>(List.of(segments.get(at - 1).ring()));
    path.addAll(path(segments.get(at - 1).ring(), ring));
    return path;
  }

  private List<String> path(String from, String to) {
    List<String> path = new ArrayList<>();
    for (int i = installed.lastIndexOf(from) + 1; i < installed.size(); i++) {
      path.add(installed.get(i));
      if (installed.get(i).equals(to)) {
        return path;
      }
    }
    if (!to.isEmpty() && !path.contains(to)) {
      path.add(to);
    }
    return path;
  }

  @Override
  public String toString() {
    return name;
  }
}
