package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.Nearest;

/**
 * The options of one kind of thing.
 *
 * @param title what they are options of, such as "cluster option"
 */
public record OptionList(String title, List<Option> options) {
  public OptionList {
    options = List.copyOf(options);
  }

  /** The option with that name or with that older name, null when there is none. */
  public @Nullable Option find(String name) {
    for (Option option : options) {
      if (option.name().equals(name) || option.formerly().contains(name)) {
        return option;
      }
    }
    return null;
  }

  /** The known name that is closest to a misspelled one, null when none is close. */
  public @Nullable String nearest(String name) {
    List<String> names = new ArrayList<>();
    options.forEach(option -> names.add(option.name()));
    options.forEach(option -> names.addAll(option.formerly()));
    return Nearest.of(name, names);
  }

  /** The table for the documentation, in Markdown, generated so that it cannot lie. */
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append("| Name | Default | Allowed | Meaning |\n|---|---|---|---|\n");
    for (Option option : options) {
      table.append("| `").append(option.name()).append('`');
      if (!option.formerly().isEmpty()) {
        table.append(" (also `").append(String.join("`, `", option.formerly())).append("`)");
      }
      String otherwise = option.otherwise();
      table
          .append(" | ")
          .append(otherwise == null ? "–" : "`" + otherwise + "`")
          .append(" | ")
          .append(option.type().range())
          .append(" | ")
          .append(option.sentence())
          .append(" |\n");
    }
    return table.toString();
  }
}
