package org.ringward.core.cib;

/** How things are called in messages. */
public final class Names {
  private Names() {}

  /** A sentence on one line, whatever the values in it are. */
  static String oneLine(String sentence) {
    return sentence.replace("\r", "\\r").replace("\n", "\\n");
  }

  /** Such as {@code primitive vip}, or just the name of the element when it has no id. */
  static String of(Element element) {
    return of(element.name(), element.attributes());
  }

  static String of(String element, Attributes attributes) {
    String id = attributes.get("id");
    return id == null ? element : element + " " + id;
  }

  /** Such as {@code primitive vip (ocf:heartbeat:IPaddr2)}. */
  public static String describe(Resource resource) {
    return switch (resource) {
      case Primitive it -> "primitive " + it.id() + " (" + it.agent() + ")";
      case Group it -> "group " + it.id();
      case Clone it -> "clone " + it.id();
      case Bundle it -> "bundle " + it.id();
      case Template it -> "template " + it.id() + " (" + it.body().agent() + ")";
      case OtherResource it -> of(it.element());
    };
  }

  /** Such as {@code location l1 (vip on n1, score 100)}. */
  public static String describe(Constraint constraint) {
    return switch (constraint) {
      case Location it -> {
        Attributes a = it.attributes();
        String node = Wish.node(it);
        String end = Wish.end(it);
        String where =
            node == null ? " by rules" : " on " + node + (end.isEmpty() ? "" : " until " + end);
        yield "location " + it.id() + " (" + a.get("rsc", "") + where + score(a) + ")";
      }
      case Colocation it -> {
        Attributes a = it.attributes();
        yield "colocation "
            + it.id()
            + " ("
            + a.get("rsc", "")
            + " with "
            + a.get("with-rsc", "")
            + score(a)
            + ")";
      }
      case Order it -> {
        Attributes a = it.attributes();
        yield "order "
            + it.id()
            + " ("
            + a.get("first", "")
            + " then "
            + a.get("then", "")
            + (a.has("kind") ? ", kind " + a.get("kind", "") : "")
            + ")";
      }
      case TicketConstraint it -> {
        Attributes a = it.attributes();
        String what = a.get("rsc", "a set") + " needs " + a.get("ticket", "");
        yield "ticket " + it.id() + " (" + what + ")";
      }
      case OtherConstraint it -> of(it.element());
    };
  }

  /** Such as {@code fencing level 1 of n1 (ipmi-n1)}. */
  public static String describe(FencingLevel level) {
    Attributes a = level.attributes();
    String target =
        a.get("target", a.get("target-pattern", a.get("target-attribute", "unknown target")));
    return "fencing level "
        + a.get("index", "")
        + " of "
        + target
        + " ("
        + a.get("devices", "")
        + ")";
  }

  private static String score(Attributes attributes) {
    String score = attributes.get("score");
    return score == null ? "" : ", score " + score;
  }
}
