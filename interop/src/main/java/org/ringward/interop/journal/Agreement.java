package org.ringward.interop.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringward.interop.journal.Life.Item;
import org.ringward.interop.journal.Life.Kind;
import org.ringward.interop.journal.Life.Segment;

/**
 * Whether the members of a group delivered what extended virtual synchrony promises, from what each
 * wrote down while nothing was under way:
 *
 * <ul>
 *   <li>members that went together from one ring to the next delivered the same in between, in the
 *       same order, from the point on where both were in the group;
 *   <li>members that parted contradict each other in no order;
 *   <li>no message comes twice or in two rings, or with other content elsewhere;
 *   <li>messages of a sender come in its order, without a gap while it is there;
 *   <li>what a member sent comes to itself, unless it was killed.
 * </ul>
 *
 * <p>One thing is forgiven, because real nodes do it among themselves: when rings merge while a
 * corosync node has messages queued that lie across packets, those who were not in its ring before
 * miss the first of them, all the same ones. Nothing of the kind is forgiven to a node of ours.
 */
public final class Agreement {
  private static final int FINDINGS_MAX = 20;

  private final List<Life> lives;
  private final Set<String> killed;
  private final Set<Integer> real;
  private final List<String> findings = new ArrayList<>();
  private final Map<String, String> ringOfMessage = new HashMap<>();
  private final Map<String, String> textOfMessage = new HashMap<>();
  private long messages;
  private long forgiven;

  Agreement(List<Life> lives, Set<String> killed, Set<Integer> real) {
    this.lives = lives;
    this.killed = killed;
    this.real = real;
  }

  /**
   * What was found.
   *
   * @param findings sentences, none when all agree
   * @param messages how many were delivered by all members together
   * @param forgiven how many messages of merging corosync nodes did not come, added up over pairs
   */
  public record Verdict(List<String> findings, long messages, long forgiven) {
    /** Of nothing. */
    public static final Verdict NONE = new Verdict(List.of(), 0, 0);

    /** Of both. */
    public Verdict and(Verdict other) {
      return new Verdict(
          Stream.concat(findings.stream(), other.findings.stream()).toList(),
          messages + other.messages,
          forgiven + other.forgiven);
    }
  }

  /**
   * Compares journals.
   *
   * @param killed names of the journals whose members were killed
   * @param real ids of the nodes that run corosync
   */
  public static Verdict of(Collection<Path> journals, Set<String> killed, Set<Integer> real) {
    List<Life> lives = new ArrayList<>();
    for (Path journal : journals) {
      boolean isReal =
          real.stream()
              .anyMatch(id -> journal.getFileName().toString().startsWith("member-n" + id + "-"));
      lives.add(Life.read(journal, isReal));
    }
    return new Agreement(lives, killed, real).check();
  }

  Verdict check() {
    for (Life life : lives) {
      checkAlone(life);
    }
    for (int i = 0; i < lives.size(); i++) {
      for (int j = i + 1; j < lives.size(); j++) {
        checkPair(lives.get(i), lives.get(j));
      }
    }
    return new Verdict(List.copyOf(findings), messages, forgiven);
  }

  private void finding(String text) {
    if (findings.size() < FINDINGS_MAX) {
      findings.add(text);
    }
  }

  private void checkAlone(Life life) {
    Set<String> seen = new HashSet<>();
    for (Segment segment : life.segments()) {
      for (Item item : segment.items()) {
        if (item.kind() == Kind.MESSAGE) {
          messages++;
        }
        if (item.isIdentified()) {
          checkMessage(life, segment, item, seen);
        }
      }
    }
    checkSenders(life);
    checkSelf(life);
  }

  private void checkMessage(Life life, Segment segment, Item item, Set<String> seen) {
    if (!seen.add(item.key())) {
      finding("%s got %s twice".formatted(life, item.text()));
    }
    String ring = ringOfMessage.putIfAbsent(item.key(), segment.ring());
    if (ring != null && !ring.equals(segment.ring())) {
      finding(
          "%s got '%s' in ring %s, another member in ring %s"
              .formatted(life, item.text(), segment.ring(), ring));
    }
    String text = textOfMessage.putIfAbsent(item.key(), item.text());
    if (text != null && !text.equals(item.text())) {
      finding("%s got '%s', another member '%s'".formatted(life, item.text(), text));
    }
  }

  /** Order and gaps of each sender's messages. */
  private void checkSenders(Life life) {
    Map<String, Integer> last = new HashMap<>();
    Map<Integer, Integer> unidentified = new HashMap<>();
    for (int at = 0; at < life.segments().size(); at++) {
      Segment segment = life.segments().get(at);
      for (Item item : segment.items()) {
        if (item.kind() == Kind.MESSAGE && !item.isIdentified()) {
          unidentified.merge(item.node(), 1, Integer::sum);
        } else if (item.isIdentified()) {
          int between = unidentified.getOrDefault(item.node(), 0);
          unidentified.remove(item.node());
          Integer before = last.put(item.life(), item.number());
          if (before != null && item.number() != before + between + 1) {
            finding(
                "%s in ring %s: after number %d of that sender and %d unnamed ones came '%s'"
                    .formatted(life, segment.ring(), before, between, item.text()));
          }
        }
      }
      forgetThoseWhoStayedBehind(life, at, last);
    }
  }

  /** Between two rings a gap is right for a sender that did not come along. */
  private void forgetThoseWhoStayedBehind(Life life, int segment, Map<String, Integer> last) {
    String ring = life.segments().get(segment).ring();
    List<String> path = life.pathAfter(segment);
    last.keySet().removeIf(sender -> !tookPath(lifeOf(sender), ring, path));
  }

  private static boolean tookPath(@Nullable Life life, String ring, List<String> path) {
    int there = life == null ? -1 : life.indexOf(ring);
    return life != null && there >= 0 && !path.isEmpty() && path.equals(life.pathAfter(there));
  }

  private @Nullable Life lifeOf(String id) {
    return lives.stream().filter(each -> each.id().equals(id)).findFirst().orElse(null);
  }

  private void checkSelf(Life life) {
    if (killed.contains(life.name())) {
      return;
    }
    long own =
        life.segments().stream()
            .flatMap(segment -> segment.items().stream())
            .filter(item -> item.kind() == Kind.MESSAGE && item.node() == life.node())
            .filter(item -> item.life().equals(life.id()) || item.number() < 0)
            .count();
    if (own != life.accepted().size()) {
      finding(
          "%s sent %d messages and got %d of them itself"
              .formatted(life, life.accepted().size(), own));
    }
  }

  private void checkPair(Life one, Life other) {
    for (int at = 0; at < one.segments().size(); at++) {
      Segment mine = one.segments().get(at);
      int there = other.indexOf(mine.ring());
      if (there < 0) {
        continue;
      }
      Segment theirs = other.segments().get(there);
      if (!mine.members().equals(theirs.members())) {
        finding(
            "ring %s has members %s for %s and %s for %s"
                .formatted(mine.ring(), mine.members(), one, theirs.members(), other));
      }
      boolean together = wentTogether(one, at, other, there);
      String difference = compare(one, mine, other, theirs, together);
      if (difference != null) {
        finding("ring %s, %s and %s: %s".formatted(mine.ring(), one, other, difference));
      }
    }
  }

  /** Whether both delivered the ring to the same end: the same next ring, or both live in it. */
  private boolean wentTogether(Life one, int at, Life other, int there) {
    List<String> path = one.pathAfter(at);
    return path.equals(other.pathAfter(there)) && (!path.isEmpty() || (lives(one) && lives(other)));
  }

  private boolean lives(Life life) {
    return !life.ended() && !killed.contains(life.name());
  }

  /** Null when they agree. */
  private @Nullable String compare(
      Life one, Segment mine, Life other, Segment theirs, boolean together) {
    Set<String> lost = lostAtMerge(one, mine, other, theirs);
    forgiven += lost.size();
    @Nullable String difference = null;
    for (List<Item> a : starts(mine.items(), one.node(), other.node(), lost)) {
      for (List<Item> b : starts(theirs.items(), other.node(), one.node(), lost)) {
        difference = together ? differ(a, b) : contradict(a, b);
        if (difference == null) {
          return null;
        }
      }
    }
    return difference;
  }

  /** Messages that only one of two members got, where corosync is known to lose them. */
  private Set<String> lostAtMerge(Life one, Segment mine, Life other, Segment theirs) {
    Set<String> lost = new HashSet<>();
    for (Life author : lives) {
      if (real.contains(author.node())
          && cameAlong(author, one, mine.ring()) != cameAlong(author, other, mine.ring())) {
        List<String> a = keysOf(author, mine);
        List<String> b = keysOf(author, theirs);
        lost.addAll(beginningWithout(a, b));
        lost.addAll(beginningWithout(b, a));
      }
    }
    return lost;
  }

  /** What comes in a list before anything of the other. */
  private static List<String> beginningWithout(List<String> list, List<String> other) {
    Set<String> others = new HashSet<>(other);
    int at = 0;
    while (at < list.size() && !others.contains(list.get(at))) {
      at++;
    }
    return list.subList(0, at);
  }

  private static List<String> keysOf(Life author, Segment segment) {
    return segment.items().stream()
        .filter(item -> item.isIdentified() && item.life().equals(author.id()))
        .map(Item::key)
        .toList();
  }

  /** Whether both were in the same ring before that one. */
  private static boolean cameAlong(Life author, Life life, String ring) {
    List<String> path = life.pathBefore(ring);
    return author == life || (!path.isEmpty() && path.equals(author.pathBefore(ring)));
  }

  /**
   * The messages from where both are in the group: after the own join, when it happened in this
   * ring, and after any join of the other.
   */
  private static List<List<Item>> starts(
      List<Item> items, int self, int other, Set<String> without) {
    int own = 0;
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).kind() == Kind.JOIN && items.get(i).node() == self) {
        own = i;
        break;
      }
    }
    List<List<Item>> found = new ArrayList<>();
    found.add(messages(items, own, without));
    for (int i = own; i < items.size(); i++) {
      if (items.get(i).kind() == Kind.JOIN && items.get(i).node() == other) {
        found.add(messages(items, i, without));
      }
    }
    return found;
  }

  private static List<Item> messages(List<Item> items, int from, Set<String> without) {
    return items.subList(from, items.size()).stream()
        .filter(item -> item.kind() == Kind.MESSAGE)
        .filter(item -> !item.isIdentified() || !without.contains(item.key()))
        .toList();
  }

  private static @Nullable String differ(List<Item> a, List<Item> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).text().equals(b.get(i).text())) {
        return "message %d is '%s' and '%s'".formatted(i, a.get(i).text(), b.get(i).text());
      }
    }
    return a.size() == b.size() ? null : "%d and %d messages".formatted(a.size(), b.size());
  }

  private static @Nullable String contradict(List<Item> a, List<Item> b) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i).isIdentified()) {
        places.put(a.get(i).key(), i);
      }
    }
    int last = -1;
    for (Item item : b) {
      Integer place = item.isIdentified() ? places.get(item.key()) : null;
      if (place != null) {
        if (place < last) {
          return "'%s' comes in another order".formatted(item.text());
        }
        last = place;
      }
    }
    return null;
  }
}
