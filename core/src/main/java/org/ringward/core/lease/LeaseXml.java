package org.ringward.core.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Element;

/**
 * The leases as an element of the status, which other readers of a cib ignore. What does not fit (a
 * file that somebody edited) is left out, because every holder has to be one that can be told from
 * others.
 */
public final class LeaseXml {
  /** Name of the element. */
  public static final String ELEMENT = "leases";

  private static final int HEX = 16;

  private LeaseXml() {}

  /** The element. */
  public static Element write(Leases leases) {
    List<Element> all = new ArrayList<>();
    for (Lease lease : leases.byName().values()) {
      List<Element> parts = new ArrayList<>();
      lease.holders().forEach(each -> parts.add(holder(each)));
      lease.waiters().forEach(each -> parts.add(waiter(each)));
      lease.recoveries().forEach(each -> parts.add(recovery(each)));
      all.add(Element.of("lease", Attributes.of("name", lease.name()), parts));
    }
    return Element.of(
        ELEMENT,
        Attributes.of(
            "last", hex(leases.lastToken()), "doubtful", Boolean.toString(leases.doubtful())),
        all);
  }

  private static Element holder(Holder h) {
    return part(
        "holder",
        h.owner(),
        Attributes.NONE
            .with("token", hex(h.token()))
            .with("mode", h.mode().name())
            .with("lease", Long.toString(h.leaseMillis()))
            .with("state", h.state().name()));
  }

  private static Element waiter(Waiter w) {
    return part(
        "waiter",
        w.owner(),
        Attributes.NONE
            .with("mode", w.mode().name())
            .with("lease", Long.toString(w.leaseMillis())));
  }

  private static Element recovery(Recovery r) {
    return part(
        "recovery",
        r.owner(),
        Attributes.NONE
            .with("token", hex(r.token()))
            .with("proof", r.proof())
            .with("author", r.author())
            .with("time", Long.toString(r.wallMillis()))
            .with("by", hex(r.by())));
  }

  private static Element part(String name, LeaseOwner owner, Attributes more) {
    return Element.of(
        name,
        more.with("node", owner.node())
            .with("incarnation", owner.incarnation())
            .with("claim", Long.toString(owner.claim())),
        List.of());
  }

  /** What the element says. */
  public static Leases read(Element element) {
    Map<String, Lease> all = new TreeMap<>();
    for (Element each : element.children()) {
      String name = each.attributes().get("name", "");
      if (LeaseNames.objection(name).isEmpty()) {
        all.put(name, lease(name, each));
      }
    }
    boolean doubtful = element.attributes().get("doubtful", "").equals("true");
    return new Leases(number(element.attributes(), "last", HEX), doubtful, all);
  }

  private static Lease lease(String name, Element element) {
    List<Holder> holders = new ArrayList<>();
    List<Waiter> waiters = new ArrayList<>();
    List<Recovery> recoveries = new ArrayList<>();
    for (Element part : element.children()) {
      Attributes a = part.attributes();
      LeaseOwner owner =
          new LeaseOwner(a.get("node", ""), a.get("incarnation", ""), number(a, "claim", 10));
      LeaseMode mode =
          a.get("mode", "").equals(LeaseMode.SHARED.name())
              ? LeaseMode.SHARED
              : LeaseMode.EXCLUSIVE;
      long token = number(a, "token", HEX);
      switch (part.name()) {
        case "holder" ->
            holders.add(new Holder(owner, token, mode, number(a, "lease", 10), state(a)));
        case "waiter" -> waiters.add(new Waiter(owner, mode, number(a, "lease", 10)));
        case "recovery" ->
            recoveries.add(
                new Recovery(
                    owner,
                    token,
                    a.get("proof", ""),
                    a.get("author", ""),
                    number(a, "time", 10),
                    number(a, "by", HEX)));
        default -> {
          // Of a version to come.
        }
      }
    }
    return new Lease(name, holders, waiters, recoveries);
  }

  private static Holder.State state(Attributes a) {
    return switch (a.get("state", "")) {
      case "HELD" -> Holder.State.HELD;
      case "READ_ONLY" -> Holder.State.READ_ONLY;
      default -> Holder.State.SUSPENDED;
    };
  }

  private static String hex(long value) {
    return Long.toString(value, HEX);
  }

  private static long number(Attributes attributes, String name, int radix) {
    try {
      return Long.parseLong(attributes.get(name, "0"), radix);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
