package org.ringward.core.config;

import java.util.List;
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
 */
public record Setting(
    String key, Type type, @Nullable String otherwise, String unit, String sentence) {

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

  /** A switch. */
  public record YesNo() implements Type {
    @Override
    public String range() {
      return "yes or no";
    }

    @Override
    public @Nullable String accept(String text) {
      return switch (text) {
        case "yes", "true", "on" -> "yes";
        case "no", "false", "off" -> "no";
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
