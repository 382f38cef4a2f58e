package org.ringward.daemon.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Decision;
import org.ringward.core.node.Lookout;
import org.ringward.core.port.Journal;
import org.ringward.daemon.json.RecordJson;

/**
 * Tells all browsers what changes: to each a picture of everything first, then the keys that are
 * new, other or gone. One thread makes the frames from what the node showed last; if it is slow it
 * leaves out what was overtaken. A browser that does not read loses its connection, nobody else
 * notices.
 */
final class LiveFeed implements NodeWindow.Viewer, AutoCloseable {
  private static final int SUBSCRIBERS_MOST = 48;

  private final NodeWindow window;
  private final Journal journal;
  private final AtomicReference<Lookout.@Nullable Sight> newest = new AtomicReference<>();
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final Thread publisher;
  private final Object order = new Object();
  private volatile long known;
  private volatile boolean ended;
  private volatile long seenNanos = System.nanoTime();

  // Guarded by order.
  private Map<String, Object> values = new LinkedHashMap<>();
  private Map<String, String> json = new LinkedHashMap<>();
  private final SortedMap<Long, Decision> decisions = new TreeMap<>();
  private long at;
  private boolean fresh;
  private boolean watching;

  LiveFeed(NodeWindow window, Journal journal) {
    this.window = window;
    this.journal = journal;
    this.publisher = new Thread(this::publish, "ringward-page");
    publisher.setDaemon(true);
    publisher.start();
  }

  @Override
  public void seen(Lookout.Sight sight) {
    seenNanos = System.nanoTime();
    newest.set(sight);
    LockSupport.unpark(publisher);
  }

  @Override
  public long known() {
    return known;
  }

  /** Milliseconds since the node showed itself. */
  long ageMillis() {
    return (System.nanoTime() - seenNanos) / 1_000_000;
  }

  private void publish() {
    while (!ended) {
      Lookout.Sight sight = newest.getAndSet(null);
      if (sight == null) {
        LockSupport.park(this);
        continue;
      }
      try {
        take(sight);
      } catch (RuntimeException e) {
        journal.log(Journal.Level.ERROR, "the page could not be brought up to date: " + e);
      }
    }
  }

  private void take(Lookout.Sight sight) {
    Map<String, Object> next = PageModel.of(sight);
    synchronized (order) {
      PageModel.remember(decisions, sight.cluster().decisions(), sight.cluster().lastDecision());
      decisions.forEach((number, each) -> next.put("decision/" + number, each));
      known = sight.cluster().lastDecision();
      String frame = changes(next, sight.wallMillis());
      fresh = true;
      order.notifyAll();
      byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
      subscribers.forEach(each -> offer(each, bytes));
    }
  }

  /** Takes the new values over; the frame that tells of them. */
  private String changes(Map<String, Object> next, long wallMillis) {
    Map<String, String> nextJson = new LinkedHashMap<>();
    Map<String, String> set = new LinkedHashMap<>();
    next.forEach((key, value) -> {
      String before = json.get(key);
      String now = before != null && Objects.equals(values.get(key), value) ? before : text(value);
      nextJson.put(key, now);
      if (!now.equals(before)) {
        set.put(key, now);
      }
    });
    List<String> gone = new ArrayList<>(json.keySet());
    gone.removeAll(nextJson.keySet());
    values = next;
    json = nextJson;
    at = wallMillis;
    return frame("delta", set, gone, wallMillis);
  }

  private static String text(Object value) {
    return new String(
        RecordJson.bytes(generator -> RecordJson.value(generator, value)), StandardCharsets.UTF_8);
  }

  private static String frame(
      String event, Map<String, String> set, List<String> gone, long wallMillis) {
    StringBuilder text = new StringBuilder(64);
    text.append("event: ").append(event).append("\ndata: {\"at\":").append(wallMillis);
    text.append(",\"set\":{");
    String comma = "";
    for (Map.Entry<String, String> each : set.entrySet()) {
      text.append(comma).append(text(each.getKey())).append(':').append(each.getValue());
      comma = ",";
    }
    text.append("},\"gone\":").append(text(gone)).append("}\n\n");
    return text.toString();
  }

  private static void offer(Subscriber subscriber, byte[] frame) {
    if (!subscriber.offer(frame)) {
      subscriber.drop();
    }
  }

  /**
   * A browser begins to listen: it gets the whole picture, then every change.
   *
   * @throws Refusal when there are too many, or the node shows nothing
   */
  Subscriber subscribe(long patienceMillis) throws Refusal, InterruptedException {
    synchronized (order) {
      if (subscribers.size() >= SUBSCRIBERS_MOST) {
        throw new Refusal(503, "too many browsers listen at once; close one and try again");
      }
      watch();
      awaitFresh(patienceMillis);
      Subscriber subscriber = new Subscriber(Thread.currentThread());
      subscribers.add(subscriber);
      subscriber.offer(frame("snapshot", json, List.of(), at).getBytes(StandardCharsets.UTF_8));
      return subscriber;
    }
  }

  /** The picture once. */
  String snapshot(long patienceMillis) throws Refusal, InterruptedException {
    synchronized (order) {
      boolean before = watching;
      watch();
      try {
        awaitFresh(patienceMillis);
        String frame = frame("snapshot", json, List.of(), at);
        return frame.substring(frame.indexOf("data: ") + 6).strip();
      } finally {
        if (!before) {
          rest();
        }
      }
    }
  }

  private void watch() {
    if (!watching) {
      watching = true;
      fresh = false;
      window.show(this);
    }
  }

  private void rest() {
    if (subscribers.isEmpty()) {
      watching = false;
      window.show(null);
    }
  }

  private void awaitFresh(long patienceMillis) throws Refusal, InterruptedException {
    long until = System.nanoTime() + patienceMillis * 1_000_000;
    while (!fresh) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0 || ended) {
        rest();
        throw new Refusal(503, "the node does not answer at the moment; try again");
      }
      order.wait(left);
    }
  }

  /** A browser has gone. */
  void leave(Subscriber subscriber) {
    synchronized (order) {
      subscribers.remove(subscriber);
      rest();
    }
  }

  int listeners() {
    return subscribers.size();
  }

  /** Tells all browsers that the daemon ends, and lets them go. */
  @Override
  public void close() {
    ended = true;
    LockSupport.unpark(publisher);
    byte[] frame =
        "event: end\ndata: {\"reason\":\"the daemon of this node ends\"}\n\n"
            .getBytes(StandardCharsets.UTF_8);
    subscribers.forEach(each -> {
      each.offer(frame);
      each.end();
    });
  }
}
