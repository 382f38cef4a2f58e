package org.ringward.ring;

import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.group.ProcessGroupListener;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.link.Transports;
import org.ringward.core.node.ConfigurationSource;
import org.ringward.core.node.RingNode;
import org.ringward.core.node.RingWatch;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.Operators;
import org.ringward.core.port.RingIds;
import org.ringward.ring.loop.Attendant;
import org.ringward.ring.loop.Companion;
import org.ringward.ring.loop.CompanionSource;
import org.ringward.ring.loop.Inbox;
import org.ringward.ring.loop.Loop;
import org.ringward.ring.loop.RingMachine;
import org.ringward.ring.net.UdpFrames;
import org.ringward.ring.os.TimeSlice;

/**
 * A ring's sockets and the thread that turns it, with a companion that uses it there. For {@link
 * Ring} and for the program that serves a ring to others.
 */
public final class RingRuntime implements AutoCloseable {
  /** The name of the ring's thread. */
  public static final String THREAD = "ringward-ring";

  private final UdpFrames frames;
  private final Attendant links;
  private final Inbox<RingMachine> inbox;
  private final Loop<RingMachine> loop;
  private final Companion companion;
  private final Thread thread;
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final RingWatch.Log log;

  /** Written by the ring's thread; null while nothing failed. */
  private volatile @Nullable String failure;

  /**
   * What a program adds to a ring.
   *
   * @param ringIds the sequence of this node's last ring
   * @param log where findings go; called by the ring's thread, never blocks
   * @param operators who hears the answers to what was asked
   */
  public record Surroundings(RingIds ringIds, RingWatch.Log log, Operators operators) {}

  /** Makes what a reload reads, once the sockets are there. */
  public interface Source {
    /** For programs whose configuration is not in a file. */
    Source NONE = (_, _) -> ConfigurationSource.NONE;

    ConfigurationSource of(UdpFrames frames, RingRuntime runtime);
  }

  /**
   * Opens the sockets; {@link #start} makes the node look for its ring.
   *
   * @param key the cluster's shared key, without a byte when the settings need none
   * @param companions makes what uses the ring, for something that ends the loop's sleep
   * @throws org.ringward.core.base.OperatorException when an address is not this machine's or a
   *     port is taken
   */
  public RingRuntime(
      NodeSettings settings,
      byte[] key,
      Surroundings surroundings,
      Source source,
      Function<UdpFrames, Companion> companions) {
    this.log = surroundings.log();
    this.frames = UdpFrames.open(settings);
    frames.remarks().forEach(remark -> log.log(Level.WARNING, remark));
    this.companion = companions.apply(frames);
    this.inbox = new Inbox<>(frames::wake);
    long entropy = new SecureRandom().nextLong();
    this.links = new Attendant(frames, Transports.of(settings, key, entropy, frames));
    this.loop =
        new Loop<>(new CompanionSource(links, companion), inbox, (reason, _) -> failure = reason);
    RingNode.Outside outside =
        new RingNode.Outside(
            links.transport(),
            surroundings.ringIds(),
            surroundings.operators(),
            log,
            loop,
            source.of(frames, this));
    RingNode node = new RingNode(settings, outside, new Configurations(companion));
    companion.attach(node);
    this.loop.machine(new RingMachine(node, companion));
    this.thread = new Thread(this::turn, THREAD);
  }

  /** The thread that turns the ring. */
  public Thread thread() {
    return thread;
  }

  /** Starts the ring's thread. */
  public void start() {
    thread.start();
  }

  private void turn() {
    TimeSlice.ask(TimeSlice.SHORT_NANOS);
    loop.run();
    String failed = failure;
    String reason = failed == null ? loop.endReason() : failed;
    try {
      companion.ended(failed == null, reason);
    } catch (RuntimeException e) {
      log.log(Level.ERROR, "a listener failed: " + e);
    } finally {
      closeSockets();
      end.complete(reason);
    }
  }

  private void closeSockets() {
    links.close();
    frames.close();
  }

  /** Hands an input to the ring's thread; without effect when the ring has ended. */
  public void put(Consumer<RingMachine> input) {
    if (!end.isDone()) {
      inbox.put(input);
    }
  }

  /**
   * Has something done by the ring's thread and waits for its result.
   *
   * @throws RingException when the ring ends before
   */
  public <T> T call(Function<RingNode, T> work) {
    if (Thread.currentThread().equals(thread)) {
      throw new IllegalStateException("the ring's thread would wait for itself");
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    put(machine -> {
      try {
        answer.complete(work.apply(machine.node()));
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    });
    CompletableFuture.anyOf(answer, end).handle((_, _) -> true).join();
    if (!answer.isDone()) {
      throw new RingException("the ring has ended: " + end.join());
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Waits for the end of the ring's thread.
   *
   * @return why it ended, null when it has not in that time
   */
  public @Nullable String awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
    try {
      return end.get(timeout, unit);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the ring's thread failed", e);
    }
  }

  /** Whether the ring ended without being told to. */
  public boolean failed() {
    return failure != null;
  }

  /** Ends the ring's thread at once, without a word to the others; waits for its end. */
  @Override
  public void close() {
    if (!thread.isAlive()) {
      if (!end.isDone()) {
        closeSockets();
      }
      return;
    }
    put(_ -> loop.exit(true, "the program has closed the ring"));
    end.join();
  }

  /** What the ring tells beside its groups, for the companion. */
  private record Configurations(Companion companion) implements ProcessGroupListener {
    @Override
    public void configurationChanged(RingConfiguration configuration) {
      companion.configurationChanged(configuration);
    }

    @Override
    public void synchronised(long ringSequence) {
      companion.synchronised(ringSequence);
    }

    @Override
    public void membershipChanged(String group, NodeSet members, NodeSet joined, NodeSet left) {
      // Of groups this node's own process has joined: there is none.
    }

    @Override
    public void delivered(String group, int fromNode, byte[] bytes, int offset, int length) {
      // As above.
    }
  }
}
