package org.ringward.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ringward.core.base.NodeSet;
import org.ringward.core.group.RingWorld.Heard;
import org.ringward.core.group.RingWorld.Life;

/** What must hold for everything the listeners of a world heard. */
final class RingChecks {
  private RingChecks() {}

  /** Messages between two regular configurations. */
  private record Segment(String from, String to, boolean joined, List<String> messages) {}

  static void all(RingWorld world) {
    sameRingSameMembers(world);
    for (Life life : world.lives) {
      nothingBetweenConfigurationAndSynchronised(life);
      authorsAreInView(life);
      eachSenderInItsOrder(life);
    }
    for (int a = 0; a < world.lives.size(); a++) {
      for (int b = a + 1; b < world.lives.size(); b++) {
        sameOrder(world.lives.get(a), world.lives.get(b));
        virtualSynchrony(world.lives.get(a), world.lives.get(b));
      }
    }
  }

  /** Whoever still runs has got everything it sent itself. */
  static void nothingSentIsLost(RingWorld world) {
    for (Life life : world.running.values()) {
      String own = life.node + "." + life.number + "#";
      List<String> delivered =
          life.texts().stream().filter(text -> text.startsWith(own)).map(RingChecks::id).toList();
      assertThat(delivered)
          .as("own messages of " + life.node + "." + life.number)
          .isEqualTo(life.sent.stream().map(RingChecks::id).toList());
    }
  }

  private static String id(String text) {
    return text.substring(0, text.indexOf(' '));
  }

  private static String ring(RingConfiguration configuration) {
    return configuration.representative() + "/" + configuration.sequence();
  }

  private static void sameRingSameMembers(RingWorld world) {
    Map<String, NodeSet> members = new HashMap<>();
    for (Life life : world.lives) {
      for (Heard heard : life.heard) {
        if (heard instanceof Heard.Configuration(RingConfiguration configuration)
            && configuration.kind() == RingConfiguration.Kind.REGULAR) {
          NodeSet known = members.putIfAbsent(ring(configuration), configuration.members());
          assertThat(known == null || known.equals(configuration.members()))
              .as("members of ring " + ring(configuration))
              .isTrue();
        }
      }
    }
  }

  private static void nothingBetweenConfigurationAndSynchronised(Life life) {
    boolean open = false;
    for (Heard heard : life.heard) {
      switch (heard) {
        case Heard.Configuration(RingConfiguration configuration) -> {
          // Messages of the old ring may follow the transitional configuration.
          if (configuration.kind() == RingConfiguration.Kind.REGULAR) {
            open = false;
          }
        }
        case Heard.Synchronised _ -> open = true;
        case Heard.Message message -> assertThat(open).as(message.toString()).isTrue();
        case Heard.View _ -> {}
      }
    }
  }

  private static void authorsAreInView(Life life) {
    NodeSet view = NodeSet.EMPTY;
    for (Heard heard : life.heard) {
      if (heard instanceof Heard.View changed) {
        assertThat(changed.members().containsAll(changed.joined())).isTrue();
        assertThat(view.minus(changed.left()).union(changed.joined()))
            .as("view of " + life.node)
            .isEqualTo(changed.members());
        view = changed.members();
      } else if (heard instanceof Heard.Message message) {
        assertThat(view.contains(message.from())).as(message + " in " + view).isTrue();
      }
    }
  }

  private static void eachSenderInItsOrder(Life life) {
    Map<String, Integer> last = new HashMap<>();
    for (String text : life.texts()) {
      String sender = text.substring(0, text.indexOf('#'));
      int number = Integer.parseInt(id(text).substring(sender.length() + 1));
      Integer before = last.put(sender, number);
      assertThat(before == null || before < number)
          .as(life.node + " heard " + text + " after " + before)
          .isTrue();
    }
  }

  private static void sameOrder(Life a, Life b) {
    List<String> first = a.texts().stream().map(RingChecks::id).toList();
    List<String> second = b.texts().stream().map(RingChecks::id).toList();
    Set<String> inFirst = new HashSet<>(first);
    Set<String> inSecond = new HashSet<>(second);
    assertThat(first.stream().filter(inSecond::contains).toList())
        .as("common messages of " + a.node + " and " + b.node)
        .isEqualTo(second.stream().filter(inFirst::contains).toList());
  }

  private static void virtualSynchrony(Life a, Life b) {
    Map<String, Segment> segments = new HashMap<>();
    segments(a).forEach(segment -> segments.put(segment.from() + ">" + segment.to(), segment));
    for (Segment segment : segments(b)) {
      Segment other = segments.get(segment.from() + ">" + segment.to());
      if (other != null && other.joined() && segment.joined()) {
        assertThat(segment.messages())
            .as(a.node + " and " + b.node + " from " + segment.from() + " to " + segment.to())
            .isEqualTo(other.messages());
      }
    }
  }

  private static List<Segment> segments(Life life) {
    List<Segment> segments = new ArrayList<>();
    String ring = "";
    boolean joined = false;
    boolean joinedAtBegin = false;
    List<String> messages = new ArrayList<>();
    for (Heard heard : life.heard) {
      switch (heard) {
        case Heard.Configuration(RingConfiguration configuration) -> {
          if (configuration.kind() == RingConfiguration.Kind.REGULAR) {
            if (!ring.isEmpty()) {
              segments.add(
                  new Segment(ring, ring(configuration), joinedAtBegin, List.copyOf(messages)));
            }
            ring = ring(configuration);
            joinedAtBegin = joined;
            messages.clear();
          }
        }
        case Heard.Message message -> messages.add(id(message.text()));
        case Heard.View view -> joined = view.members().contains(life.node);
        case Heard.Synchronised _ -> {}
      }
    }
    return segments;
  }
}
