package org.ringward.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.CorosyncKey.Effect;
import org.ringward.core.config.CorosyncText.Entry;
import org.ringward.core.config.CorosyncText.Section;
import org.ringward.core.config.Setting.Whole;
import org.ringward.core.config.Setting.YesNo;

/**
 * One section of a corosync.conf with the values of its keys. Of a key that is there twice the last
 * one counts, as in Corosync, also when the section is there twice.
 */
final class CorosyncSection implements Values {
  private final String fileName;
  private final String path;
  private final int line;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<Section> sections = new ArrayList<>();

  /** A section of which the file says nothing. */
  CorosyncSection(String fileName, String path) {
    this.fileName = fileName;
    this.path = path;
    this.line = 1;
  }

  /** A section as the file has it; every value is checked, unknown and refused keys are told. */
  CorosyncSection(String fileName, List<Section> parts, List<String> warnings) {
    this.fileName = fileName;
    this.path = parts.getFirst().path();
    this.line = parts.getFirst().line();
    for (Section part : parts) {
      part.entries().forEach(entry -> add(entry, warnings));
      sections.addAll(part.sections());
    }
  }

  private void add(Entry entry, List<String> warnings) {
    String full = path + "." + entry.key();
    CorosyncKey key = CorosyncKeys.find(full);
    if (key == null) {
      warnings.add(unknown(fileName, entry, path));
      return;
    }
    String value = value(key, entry);
    boolean harmless = Objects.equals(value, key.otherwise()) || value.isEmpty();
    if (key.effect() == Effect.REFUSED && !harmless) {
      throw refuse(entry.line(), full + " is \"" + entry.value() + "\": " + key.sentence());
    }
    if (!value.isEmpty()) {
      entries.put(entry.key(), new Entry(entry.key(), value, entry.line()));
    }
  }

  /** The sentence about a key that nobody knows; Corosync keeps such keys without effect too. */
  static String unknown(String fileName, Entry entry, String section) {
    String nearest = Nearest.of(entry.key(), CorosyncKeys.namesIn(section));
    String guess = nearest == null ? "" : "; did you mean \"" + nearest + "\"?";
    String where = section.isEmpty() ? "outside of every section" : "in " + section;
    return "%s:%d: unknown key \"%s\" %s has no effect%s"
        .formatted(fileName, entry.line(), entry.key(), where, guess);
  }

  /** The value in its canonical form; a text may be empty. */
  private String value(CorosyncKey key, Entry entry) {
    String text = entry.value();
    boolean mayBeEmpty = key.type() instanceof Setting.Text || key.type() instanceof Setting.Name;
    if (text.isEmpty() && mayBeEmpty) {
      return "";
    }
    String plain = key.type() instanceof Whole && text.startsWith("+") ? text.substring(1) : text;
    // Votequorum's switches are numbers of 8 bits.
    if (key.type() instanceof YesNo && text.matches("[0-9]{1,3}") && Integer.parseInt(text) < 256) {
      plain = Integer.parseInt(text) == 0 ? "no" : "yes";
    }
    String value = key.type().accept(plain);
    if (value == null) {
      String unit = key.unit().isEmpty() ? "" : " (" + key.unit() + ")";
      boolean secret = key.type() instanceof Setting.InlineKey;
      String found = secret ? text.length() + " characters long" : '"' + text + '"';
      String allowed = "; allowed: " + key.type().range() + unit;
      throw refuse(entry.line(), key.path() + " is " + found + allowed);
    }
    return value;
  }

  /** The sections of that name inside this one. */
  List<Section> sections(String name) {
    return sections.stream().filter(each -> each.name().equals(name)).toList();
  }

  List<Section> sections() {
    return sections;
  }

  String path() {
    return path;
  }

  int line() {
    return line;
  }

  int line(String key) {
    Entry entry = entries.get(key);
    return entry == null ? line : entry.line();
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** The value of a key, null when it is not given. */
  @Nullable String given(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /** The values of all keys by name. */
  Map<String, Entry> entries() {
    return entries;
  }

  OperatorException refuse(int at, String sentence) {
    return new OperatorException(ExitCode.CONFIGURATION, fileName + ":" + at + ": " + sentence);
  }

  /** A complaint about a key, or about the section when the key is not given. */
  OperatorException refuse(String key, String sentence) {
    return refuse(line(key), sentence);
  }

  @Override
  public boolean has(Setting setting) {
    return has(setting.name());
  }

  @Override
  public String text(Setting setting) {
    String given = given(setting.name());
    if (given != null) {
      return given;
    }
    CorosyncKey key = CorosyncKeys.find(name(setting));
    String otherwise = key == null ? setting.otherwise() : key.otherwise();
    String value = otherwise == null ? null : setting.type().accept(otherwise);
    // Where the default is told in words, none of it is a value.
    return value == null ? String.valueOf(setting.otherwise()) : value;
  }

  @Override
  public int number(Setting setting) {
    return Integer.parseInt(text(setting));
  }

  @Override
  public boolean yes(Setting setting) {
    return text(setting).equals("yes");
  }

  @Override
  public OperatorException refuse(Setting setting, String sentence) {
    return refuse(setting.name(), sentence);
  }

  @Override
  public String name(Setting setting) {
    return path + "." + setting.name();
  }
}
