package org.ringward.core.config;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A literal IP address; parsing never asks a name server. Two spellings of one address are equal
 * and print alike.
 */
final class IpAddress {
  private static final Pattern V4 = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  private static final Pattern V6_GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

  /** Two groups of an IPv4 address, or eight of an IPv6 address, 16 bits each. */
  private final List<Integer> groups;

  private IpAddress(List<Integer> groups) {
    this.groups = List.copyOf(groups);
  }

  /** The address, or null when the text is none. */
  static @Nullable IpAddress parse(String text) {
    List<Integer> groups = V4.matcher(text).matches() ? v4(text) : v6(text);
    return groups == null ? null : new IpAddress(groups);
  }

  boolean isV4() {
    return groups.size() == 2;
  }

  /** Neither "any" nor multicast nor broadcast nor link-local (which would need an interface). */
  boolean isOneMachine() {
    int first = groups.getFirst();
    if (isV4()) {
      return first >> 8 >= 1 && first >> 8 < 224;
    }
    boolean any = groups.stream().allMatch(group -> group == 0);
    boolean multicast = first >> 8 == 0xff;
    boolean linkLocal = (first & 0xffc0) == 0xfe80;
    return !any && !multicast && !linkLocal;
  }

  boolean isMulticast() {
    int first = groups.getFirst() >> 8;
    return isV4() ? first >= 224 && first < 240 : first == 0xff;
  }

  /** Whether both are in one /24, of IPv6 in one /64, as the machines of one network mostly are. */
  boolean isNear(IpAddress other) {
    if (isV4() != other.isV4()) {
      return false;
    }
    return isV4()
        ? v4Bits() >> 8 == other.v4Bits() >> 8
        : groups.subList(0, 4).equals(other.groups.subList(0, 4));
  }

  /** The 32 bits of an IPv4 address, as signed number. */
  int v4Bits() {
    return groups.get(0) << 16 | groups.get(1);
  }

  private static @Nullable List<Integer> v4(String text) {
    int[] bytes = new int[4];
    String[] parts = text.split("\\.", -1);
    for (int at = 0; at < 4; at++) {
      bytes[at] = Integer.parseInt(parts[at]);
      boolean octalLook = parts[at].length() > 1 && parts[at].startsWith("0");
      if (bytes[at] > 255 || octalLook) {
        return null;
      }
    }
    return List.of(bytes[0] << 8 | bytes[1], bytes[2] << 8 | bytes[3]);
  }

  private static @Nullable List<Integer> v6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      List<Integer> groups = v6Groups(text);
      return groups != null && groups.size() == 8 ? groups : null;
    }
    List<Integer> head = v6Groups(text.substring(0, gap));
    List<Integer> tail = v6Groups(text.substring(gap + 2));
    if (head == null || tail == null || head.size() + tail.size() > 7) {
      return null;
    }
    List<Integer> groups = new ArrayList<>(head);
    while (groups.size() + tail.size() < 8) {
      groups.add(0);
    }
    groups.addAll(tail);
    return groups;
  }

  private static @Nullable List<Integer> v6Groups(String text) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return groups;
    }
    for (String part : text.split(":", -1)) {
      if (!V6_GROUP.matcher(part).matches()) {
        return null;
      }
      groups.add(HexFormat.fromHexDigits(part));
    }
    return groups;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IpAddress address && groups.equals(address.groups);
  }

  @Override
  public int hashCode() {
    return groups.hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (isV4()) {
      for (int group : groups) {
        text.append(text.isEmpty() ? "" : ".").append(group >> 8).append('.').append(group & 0xff);
      }
      return text.toString();
    }
    int gapStart = longestGapStart();
    for (int at = 0; at < 8; at++) {
      if (at == gapStart) {
        text.append("::");
        at = gapEnd(at) - 1;
      } else {
        boolean afterGroup = !text.isEmpty() && text.charAt(text.length() - 1) != ':';
        text.append(afterGroup ? ":" : "").append(Integer.toHexString(groups.get(at)));
      }
    }
    return text.toString();
  }

  /** Where the longest run of at least two zero groups begins (RFC 5952), -1 for none. */
  private int longestGapStart() {
    int start = -1;
    int length = 1;
    for (int at = 0; at < 8; at++) {
      if (gapEnd(at) - at > length) {
        start = at;
        length = gapEnd(at) - at;
      }
    }
    return start;
  }

  private int gapEnd(int from) {
    int at = from;
    while (at < 8 && groups.get(at) == 0) {
      at++;
    }
    return at;
  }
}
