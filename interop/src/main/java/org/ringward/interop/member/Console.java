package org.ringward.interop.member;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A member's ways to the outside: orders come as lines on standard input, news go as lines to
 * standard output, and what was delivered and accepted to the journal (journal.Life reads it).
 */
final class Console {
  private static final int NEWS_MILLIS = 50;

  private final PrintStream out;
  private final BufferedWriter journal;
  private final long life;
  private long delivered;
  private long told = -1;
  private String ring = "none";
  private Collection<Integer> group = java.util.List.of();
  private Collection<Integer> members = java.util.List.of();

  /** Who obeys the orders. */
  interface Orders {
    /** Sends so many messages, without waiting for it. */
    void send(int count, Sizes sizes);

    /** Writes to standard error what may explain a failure. */
    void explain();

    /** Has all nodes of the ring read their configuration. */
    void reload();

    /** Leaves the group and the ring in order, then ends the process. */
    void leave();
  }

  Console(Path file, int node, long life) {
    this.life = life;
    this.out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      journal = Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write("B " + node + " " + Long.toHexString(life));
  }

  /** Begins to read orders and to tell news, in threads of its own. */
  void start(Orders orders) {
    Thread.ofPlatform().daemon().name("orders").start(() -> read(orders));
    Thread.ofPlatform().daemon().name("news").start(this::tellCounts);
  }

  private void read(Orders orders) {
    try (BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "send" -> orders.send(Integer.parseInt(words[1]), Sizes.of(words[2]));
          case "leave" -> orders.leave();
          case "reload" -> orders.reload();
          case "explain" -> orders.explain();
          default -> throw new IllegalArgumentException("order " + line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Whoever gave orders is gone.
    Runtime.getRuntime().halt(1);
  }

  private void tellCounts() {
    try {
      while (true) {
        Thread.sleep(NEWS_MILLIS);
        flush();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes out what waits. */
  synchronized void flush() {
    try {
      journal.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (told != delivered) {
      told = delivered;
      out.println("delivered " + delivered);
    }
  }

  /** A line of news. */
  synchronized void tell(String line) {
    out.println(line);
  }

  /** A ring is installed, but not in use before its sync is complete. */
  synchronized void installed(int representative, long sequence) {
    write("R " + name(representative, sequence));
  }

  private static String name(int representative, long sequence) {
    return Integer.toHexString(representative) + "." + Long.toHexString(sequence);
  }

  /** A ring is in use from here on. */
  synchronized void ring(int representative, long sequence, Collection<Integer> nodes) {
    ring = name(representative, sequence);
    members = nodes;
    write("T " + ring + " " + numbers(nodes));
    tellView();
  }

  /** The members of the group changed. */
  synchronized void group(Collection<Integer> nodes) {
    group = nodes;
    tellView();
  }

  private void tellView() {
    out.println("view " + ring + " " + numbers(members) + " " + numbers(group));
  }

  private static String numbers(Collection<Integer> nodes) {
    return nodes.isEmpty()
        ? "-"
        : nodes.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** A node joined the group in the order of messages. */
  synchronized void joined(int node) {
    write("J " + node);
  }

  /** A node left the group in the order of messages. */
  synchronized void left(int node) {
    write("L " + node);
  }

  /** A message was delivered. */
  synchronized void delivered(int from, ByteBuffer message) {
    message.order(ByteOrder.LITTLE_ENDIAN);
    boolean known = Message.hasHeader(message);
    write(
        "M %d %s %d %d %08x"
            .formatted(
                from,
                known ? Long.toHexString(Message.life(message)) : "0",
                known ? Message.number(message) : -1,
                message.remaining(),
                Message.sum(message)));
    delivered++;
  }

  /** A message was accepted for sending. */
  synchronized void accepted(long number, byte[] message) {
    write("S %d %d %08x".formatted(number, message.length, Message.sum(ByteBuffer.wrap(message))));
  }

  /** The end of this life, in order. */
  synchronized void end() {
    write("E");
    flush();
    out.println("ended");
  }

  long life() {
    return life;
  }

  private synchronized void write(String line) {
    try {
      journal.write(line);
      journal.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
