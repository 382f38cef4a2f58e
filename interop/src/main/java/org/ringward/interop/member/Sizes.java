package org.ringward.interop.member;

import java.util.Locale;
import java.util.SplittableRandom;

/** How long the messages of an order are. */
enum Sizes {
  /** From what can just be told apart to 1 KiB. */
  SMALL,
  /** From 1 B to 64 KiB, most of them short. */
  MIXED,
  /** From 1 MiB to 2 MiB. */
  LARGE;

  private static final int KIB = 1024;

  static Sizes of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  int draw(SplittableRandom random) {
    return switch (this) {
      case SMALL -> random.nextInt(Message.HEADER, KIB + 1);
      case MIXED -> mixed(random);
      case LARGE -> random.nextInt(1024 * KIB, 2048 * KIB + 1);
    };
  }

  private static int mixed(SplittableRandom random) {
    int kind = random.nextInt(100);
    if (kind < 5) {
      return random.nextInt(1, Message.HEADER);
    }
    if (kind < 80) {
      return random.nextInt(Message.HEADER, 2 * KIB);
    }
    return kind < 96 ? random.nextInt(2 * KIB, 16 * KIB) : random.nextInt(16 * KIB, 64 * KIB + 1);
  }
}
