package org.ringward.core.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One setting: a line that knows everything about it. Reading, validation, suggestions and the
 * table in docs/node-settings.md come from it.
 *
 * @param key full key with its section, such as totem.token
 * @param type what a value must look like
 * @param otherwise the default as it would be written in the file, null when it must be given
 * @param unit unit of a number, empty for none
 * @param sentence what it is for
 * @param reloadable whether a running node takes a change over; else the next start does
 * @param aliases other names of it in the same section
 */
public record Setting(
    String key,
    Type type,
    @Nullable String otherwise,
    String unit,
    String sentence,
    boolean reloadable,
    List<String> aliases) {

  public Setting {
    aliases = List.copyOf(aliases);
  }

  /** The same, changeable while the node runs. */
  Setting reloads() {
    return new Setting(key, type, otherwise, unit, sentence, true, aliases);
  }

  /** The same, known by other names too. */
  Setting or(String... names) {
    return new Setting(key, type, otherwise, unit, sentence, reloadable, List.of(names));
  }

  /** A setting of whole numbers, both bounds included; null when it must be given. */
  static Setting number(
      String key, int least, int most, @Nullable Integer otherwise, String unit, String sentence) {
    String text = otherwise == null ? null : otherwise.toString();
    return new Setting(key, new Whole(least, most), text, unit, sentence, false, List.of());
  }

  /** A switch. */
  static Setting yesNo(String key, boolean otherwise, String sentence) {
    return of(key, new YesNo(), otherwise ? "yes" : "no", sentence);
  }

  /** A setting that has no unit. */
  static Setting of(String key, Type type, @Nullable String otherwise, String sentence) {
    return new Setting(key, type, otherwise, "", sentence, false, List.of());
  }

  /** What a value must look like. */
  public sealed interface Type {
    /** The type and its allowed values in a few words, for messages and documentation. */
    String range();

    /** The value as text in its canonical form, or null when the text is not such a value. */
    @Nullable String accept(String text);
  }

  /** A whole number; both bounds are included. */
  public record Whole(int least, int most) implements Type {
    @Override
    public String range() {
      return "whole number, " + least + " to " + most;
    }

    @Override
    public @Nullable String accept(String text) {
      if (!text.matches("-?[0-9]{1,10}")) {
        return null;
      }
      long number = Long.parseLong(text);
      return number >= least && number <= most ? Long.toString(number) : null;
    }
  }

  /** An unsigned number of 64 bits. */
  public record Version() implements Type {
    @Override
    public String range() {
      return "whole number, 0 to 18446744073709551615";
    }

    @Override
    public @Nullable String accept(String text) {
      if (!text.matches("[0-9]{1,20}")) {
        return null;
      }
      try {
        return Long.toUnsignedString(Long.parseUnsignedLong(text));
      } catch (NumberFormatException _) {
        return null; // twenty digits can be too many
      }
    }
  }

  /** A switch. */
  public record YesNo() implements Type {
    @Override
    public String range() {
      return "yes or no";
    }

    @Override
    public @Nullable String accept(String text) {
      return switch (text) {
        case "yes", "true", "on", "1" -> "yes";
        case "no", "false", "off", "0" -> "no";
        default -> null;
      };
    }
  }

  /** One of a few words. */
  public record Choice(List<String> words) implements Type {
    @Override
    public String range() {
      return "one of " + String.join(", ", words);
    }

    @Override
    public @Nullable String accept(String text) {
      return words.contains(text) ? text : null;
    }
  }

  /** The name of a node or a cluster; it appears in files, messages and agents' environments. */
  public record Name(int longest) implements Type {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    @Override
    public String range() {
      return "name of letters, digits, '.', '_' and '-', at most " + longest + " characters";
    }

    @Override
    public @Nullable String accept(String text) {
      return text.length() <= longest && FORM.matcher(text).matches() ? text : null;
    }
  }

  /** Any printable text on one line. */
  public record Text(int longest) implements Type {
    @Override
    public String range() {
      return "text of at most " + longest + " characters";
    }

    @Override
    public @Nullable String accept(String text) {
      boolean clean = text.chars().noneMatch(Character::isISOControl);
      return !text.isBlank() && text.length() <= longest && clean ? text : null;
    }
  }

  /** A shared key written into the file. */
  public record InlineKey() implements Type {
    @Override
    public String range() {
      return "text of 128 to 4096 characters";
    }

    @Override
    public @Nullable String accept(String text) {
      return text.length() >= 128 && text.length() <= 4096 ? text : null;
    }
  }

  /** The address of a multicast group. */
  public record GroupAddress() implements Type {
    @Override
    public String range() {
      return "IPv4 or IPv6 multicast address";
    }

    @Override
    public @Nullable String accept(String text) {
      IpAddress address = IpAddress.parse(text);
      return address != null && address.isMulticast() ? address.toString() : null;
    }
  }

  /** lowest, highest or ids of nodes with blanks between them. */
  public record TieBreakerNode() implements Type {
    private static final Pattern IDS = Pattern.compile("[1-9][0-9]{0,8}( +[1-9][0-9]{0,8})*");

    @Override
    public String range() {
      return "lowest, highest or node ids with blanks between them";
    }

    @Override
    public @Nullable String accept(String text) {
      String ids = text.strip().replaceAll("\\s+", " ");
      boolean word = ids.equals("lowest") || ids.equals("highest");
      return word || IDS.matcher(ids).matches() ? ids : null;
    }
  }

  /** An absolute path in the file system. */
  public record Path(int longest) implements Type {
    @Override
    public String range() {
      return "absolute path of at most " + longest + " characters";
    }

    @Override
    public @Nullable String accept(String text) {
      boolean clean = text.chars().noneMatch(character -> character < ' ');
      return text.startsWith("/") && text.length() <= longest && clean ? text : null;
    }
  }

  /** An absolute path, or off. */
  public record PathOrOff(int longest) implements Type {
    @Override
    public String range() {
      return new Path(longest).range() + ", or off";
    }

    @Override
    public @Nullable String accept(String text) {
      return text.equals("off") ? text : new Path(longest).accept(text);
    }
  }

  /** The IP address of one machine, never a host name: a ring must not wait for a name server. */
  public record Address() implements Type {
    @Override
    public String range() {
      return "IPv4 or IPv6 address of one machine, no host name";
    }

    @Override
    public @Nullable String accept(String text) {
      IpAddress address = IpAddress.parse(text);
      return address != null && address.isOneMachine() ? address.toString() : null;
    }
  }

  /** off, or an address with its port. */
  public record Listen() implements Type {
    private static final Pattern FORM =
        Pattern.compile("(?:\\[([0-9a-fA-F:.]+)\\]|([0-9.]+)):([0-9]{1,5})");

    @Override
    public String range() {
      return "off, or an IP address with a port such as 127.0.0.1:7630, [::1]:7630 or 0.0.0.0:7630";
    }

    @Override
    public @Nullable String accept(String text) {
      WebSettings settings = parse(text, List.of());
      return settings == null ? null : settings.listen();
    }

    /** The settings that an accepted text means, null for another. */
    static @Nullable WebSettings parse(String text, List<String> names) {
      if (text.equals("off")) {
        return WebSettings.NONE;
      }
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        return null;
      }
      boolean six = matcher.group(1) != null;
      IpAddress address = IpAddress.parse(six ? matcher.group(1) : matcher.group(2));
      int port = Integer.parseInt(matcher.group(3));
      if (address == null || address.isV4() == six || address.isMulticast()) {
        return null;
      }
      return port >= 1 && port <= 65_535 ? new WebSettings(address.toString(), port, names) : null;
    }
  }

  /** A host name as browsers send it. */
  public record HostName() implements Type {
    private static final Pattern FORM =
        Pattern.compile("[a-z0-9]([a-z0-9-]{0,62})(\\.[a-z0-9]([a-z0-9-]{0,62}))*");

    @Override
    public String range() {
      return "ordinary host name without port";
    }

    @Override
    public @Nullable String accept(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      return lower.length() <= 253 && FORM.matcher(lower).matches() ? lower : null;
    }
  }

  /** A time with its unit, such as 2s or 1500ms. */
  public record Time() implements Type {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,7})(ms|s|min)");

    @Override
    public String range() {
      return "time with its unit, such as 2s or 800ms";
    }

    @Override
    public @Nullable String accept(String text) {
      return FORM.matcher(text).matches() ? text : null;
    }

    /** Milliseconds of an accepted text. */
    public static long millis(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        return 0;
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> number;
        case "s" -> number * 1000;
        default -> number * 60_000;
      };
    }

    /** The text of milliseconds. */
    public static String text(long millis) {
      return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
  }

  /** A list in which every entry is of that type; at least one entry. */
  public record ListOf(Type each) implements Type {
    @Override
    public String range() {
      return "list, each an " + each.range();
    }

    @Override
    public @Nullable String accept(String text) {
      return each.accept(text);
    }
  }

  /** The section of the file it lives in, empty for the top. */
  public String section() {
    int dot = key.lastIndexOf('.');
    return dot < 0 ? "" : key.substring(0, dot);
  }

  /** The key inside its section. */
  public String name() {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
