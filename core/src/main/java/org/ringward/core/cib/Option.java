package org.ringward.core.cib;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option of the cluster, of resources, of operations or of fencing devices: a line that knows
 * everything about it. Validation, suggestions and the tables in docs/configuration.md come from
 * it.
 *
 * @param name as Pacemaker 3 calls it
 * @param formerly older names that are still accepted
 * @param type what a value must look like
 * @param otherwise what holds when it is not set, null when nothing does
 * @param sentence what it is for
 */
public record Option(
    String name, List<String> formerly, Type type, @Nullable String otherwise, String sentence) {
  public Option {
    formerly = List.copyOf(formerly);
  }

  /** What a value must look like. */
  public sealed interface Type {
    /** The type, unit and range in a few words, for messages and documentation. */
    String range();

    boolean accepts(String text);
  }

  /** true or false, in any spelling of {@link Booleans}. */
  public record TrueFalse() implements Type {
    @Override
    public String range() {
      return "true or false";
    }

    @Override
    public boolean accepts(String text) {
      return Booleans.parse(text).isPresent();
    }
  }

  /** A whole number; both bounds are included. */
  public record Whole(long least, long most) implements Type {
    @Override
    public String range() {
      return "whole number, "
          + (most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most);
    }

    @Override
    public boolean accepts(String text) {
      long number = Numbers.longOr(text, Long.MIN_VALUE);
      return number >= least && number <= most;
    }
  }

  /** A length of time; bare numbers are seconds. */
  public record Time() implements Type {
    @Override
    public String range() {
      return "time, such as 500ms, 30s, 5min or PT5M";
    }

    @Override
    public boolean accepts(String text) {
      return Durations.millis(text).isPresent();
    }
  }

  /** A length of time, or a negative number, which means that it is to be found out. */
  public record TimeOrAuto() implements Type {
    @Override
    public String range() {
      return "time, such as 500ms, 30s, 5min or PT5M, or -1 for automatic";
    }

    @Override
    public boolean accepts(String text) {
      return Durations.millis(text).isPresent() || Numbers.longOr(text, 0) < 0;
    }
  }

  /** A score of {@link Score}. */
  public record Points() implements Type {
    @Override
    public String range() {
      return "score, -1000000 to 1000000, INFINITY or -INFINITY";
    }

    @Override
    public boolean accepts(String text) {
      return Score.parse(text).isPresent();
    }
  }

  /** Part of a hundred. */
  public record Percentage() implements Type {
    @Override
    public String range() {
      return "percentage, such as 80%";
    }

    @Override
    public boolean accepts(String text) {
      String number = text.strip();
      return number.endsWith("%")
          && new Whole(0, Integer.MAX_VALUE).accepts(number.substring(0, number.length() - 1));
    }
  }

  /** One of a few words in any case; {@code alias} are accepted too, but not advertised. */
  public record Choice(List<String> words, List<String> alias) implements Type {
    public Choice {
      words = List.copyOf(words);
      alias = List.copyOf(alias);
    }

    @Override
    public String range() {
      return "one of " + String.join(", ", words);
    }

    @Override
    public boolean accepts(String text) {
      return words.stream().anyMatch(text::equalsIgnoreCase)
          || alias.stream().anyMatch(text::equalsIgnoreCase);
    }
  }

  /** Any text. */
  public record Text() implements Type {
    @Override
    public String range() {
      return "text";
    }

    @Override
    public boolean accepts(String text) {
      return true;
    }
  }

  static Option trueFalse(String name, @Nullable String otherwise, String sentence) {
    return new Option(name, List.of(), new TrueFalse(), otherwise, sentence);
  }

  static Option whole(String name, long least, @Nullable String otherwise, String sentence) {
    return new Option(name, List.of(), new Whole(least, Integer.MAX_VALUE), otherwise, sentence);
  }

  static Option time(String name, @Nullable String otherwise, String sentence) {
    return new Option(name, List.of(), new Time(), otherwise, sentence);
  }

  static Option score(String name, @Nullable String otherwise, String sentence) {
    return new Option(name, List.of(), new Points(), otherwise, sentence);
  }

  static Option text(String name, @Nullable String otherwise, String sentence) {
    return new Option(name, List.of(), new Text(), otherwise, sentence);
  }

  /** Words apart by spaces; those after a bar are accepted as aliases. */
  static Option choice(String name, @Nullable String otherwise, String words, String sentence) {
    String[] parts = words.split(" \\| ", 2);
    List<String> alias = parts.length == 1 ? List.of() : Arrays.asList(parts[1].split(" "));
    return new Option(
        name,
        List.of(),
        new Choice(Arrays.asList(parts[0].split(" ")), alias),
        otherwise,
        sentence);
  }

  static Option of(String name, Type type, @Nullable String otherwise, String sentence) {
    return new Option(name, List.of(), type, otherwise, sentence);
  }

  Option formerly(String... names) {
    return new Option(name, Arrays.asList(names), type, otherwise, sentence);
  }
}
