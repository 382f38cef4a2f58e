package org.ringward.sim.lease;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.ringward.core.forum.ForumDesk;
import org.ringward.core.forum.ForumNews;
import org.ringward.core.wire.Bytes;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Violation;

/**
 * A program in one group at a time, which talks, falls silent, leaves, hangs up and joins again.
 */
final class Talker {
  private static final long LOOK = 100 * Time.MILLIS;
  private static final int MESSAGE = 16;
  private static final int LONG_MESSAGE = 20_000;

  private final Talks all;
  private final Machine machine;
  private final String name;
  private final Chance chance;
  private final LocalSocket socket;
  private int handle;
  private String group = "";
  private boolean connected;
  private boolean open;
  private boolean leaving;
  private boolean paused;
  private long id;
  private long said;
  private long confirmed;

  Talker(Talks all, Machine machine, int number, Chance chance) {
    this.all = all;
    this.machine = machine;
    this.name = machine.name() + "/" + number;
    this.chance = chance;
    this.socket = new LocalSocket(machine, number, chance);
  }

  Machine machine() {
    return machine;
  }

  long session() {
    return socket.session();
  }

  void begin() {
    machine.world().after(chance.between(Time.SECONDS, 5 * Time.SECONDS), machine.id(), this::look);
  }

  void daemonStarted() {
    connected = true;
    anew();
  }

  void daemonEnded() {
    connected = false;
    open = false;
    socket.close();
  }

  private void anew() {
    socket.connect();
    open = false;
    paused = false;
  }

  private String membership() {
    return name + "." + socket.session() + "." + handle;
  }

  // ---- what it does

  private void look() {
    machine.world().after(chance.between(LOOK / 2, 2 * LOOK), machine.id(), this::look);
    if (!connected || !machine.isPowered()) {
      return;
    }
    if (!open) {
      if (all.isResting() || chance.oneIn(3)) {
        join();
      }
    } else if (!all.isResting() && chance.oneIn(60)) {
      leave();
    } else if (!all.isResting() && chance.oneIn(100)) {
      say(ForumDesk::closed);
      anew();
    } else if (!leaving && !all.isQuiet() && chance.oneIn(2)) {
      for (int left = chance.oneIn(10) ? 20 : chance.between(1, 3); left > 0; left--) {
        talk();
      }
    }
  }

  private void join() {
    open = true;
    leaving = false;
    paused = false;
    id = 0;
    said = 0;
    confirmed = 0;
    group = chance.oneOf("choir", "council");
    int mine = ++handle;
    String wanted = group;
    say((desk, of) -> {
      String objection = desk.join(of, mine, wanted);
      if (!objection.isEmpty()) {
        throw new Violation("one order", name + " may not join: " + objection);
      }
    });
  }

  private void leave() {
    int mine = handle;
    leaving = true;
    say((desk, of) -> desk.leave(of, mine));
  }

  private void talk() {
    byte[] bytes = new byte[chance.oneIn(20) ? LONG_MESSAGE : MESSAGE];
    if ((said - confirmed + 1) * (LONG_MESSAGE + ForumDesk.MESSAGE_COST) > ForumDesk.WINDOW) {
      return;
    }
    int mine = handle;
    Bytes.put64(bytes, 0, ++said);
    say((desk, of) -> {
      String objection = desk.say(of, mine, bytes, 0, bytes.length);
      if (!objection.isEmpty() && desk.isMember(of, mine)) {
        throw new Violation("one order", name + " may not talk: " + objection);
      }
    });
  }

  private void say(ObjLongConsumer<ForumDesk> word) {
    socket.say(Talks.desk(machine), word);
  }

  // ---- what it hears

  /** Something is on its way to it; it comes in the order in which it was sent. */
  void sent(long arrives, long ofSession, int to, ForumNews news) {
    socket.tell(
        arrives,
        ofSession,
        () -> {
          if (to == handle && open) {
            told(news);
          }
        });
  }

  private void told(ForumNews news) {
    if (machine.world().trace().told()) {
      machine.world().tell(machine.id(), "* " + name + " hears in " + group + ": " + text(news));
    }
    switch (news) {
      case ForumNews.Members e -> {
        Set<Long> ids = new LinkedHashSet<>();
        e.members().forEach(each -> ids.add(each.id()));
        id = id == 0 ? e.changes().getFirst().member().id() : id;
        if (all.isChecked()) {
          all.order().members(membership(), group, e.order(), ids, e.changes().toString());
        }
        e.changes().forEach(each -> all.count("group: " + each.reason()));
      }
      case ForumNews.Message e -> {
        long number = Bytes.int64(e.bytes(), 0, false);
        if (all.isChecked()) {
          all.order().message(membership(), e.order(), e.from(), number);
        }
        confirmed = e.from() == id ? number : confirmed;
      }
      case ForumNews.Paused _ -> {
        paused = true;
        all.count("group: paused");
      }
      case ForumNews.Resumed _ -> paused = false;
      case ForumNews.Refused e ->
          throw new Violation("one order", name + " is refused: " + e.why());
      case ForumNews.Out _ -> {
        all.count(leaving ? "group: left" : "group: out");
        open = false;
      }
    }
  }

  private static String text(ForumNews news) {
    return news instanceof ForumNews.Message e
        ? "message %d of %x at %x".formatted(Bytes.int64(e.bytes(), 0, false), e.from(), e.order())
        : news.toString();
  }

  /** All is calm since long: it is a member, and everything it said was heard. */
  void examine() {
    if (!connected || !open || paused || id == 0 || said != confirmed) {
      throw new Violation(
          "one order",
          "%s at the end: connected %b, open %b, paused %b, id %x, %d of %d messages heard"
              .formatted(name, connected, open, paused, id, confirmed, said));
    }
    all.order().settled(membership());
  }
}
