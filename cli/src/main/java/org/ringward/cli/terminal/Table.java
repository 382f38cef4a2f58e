package org.ringward.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.ringward.cli.terminal.Palette.Tone;

/** Rows of cells in aligned columns; the last column is as long as it likes. */
public final class Table {
  /** A text and what it means. */
  public record Cell(String text, Tone tone) {}

  private static final String GAP = "  ";

  private final List<List<Cell>> rows = new ArrayList<>();
  private final String indent;

  /** A table whose every line begins with the indent. */
  public Table(String indent) {
    this.indent = indent;
  }

  public static Cell cell(String text) {
    return new Cell(text, Tone.PLAIN);
  }

  public static Cell cell(Tone tone, String text) {
    return new Cell(text, tone);
  }

  public Table row(Cell... cells) {
    rows.add(List.of(cells));
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The lines, without white space at their ends. */
  public List<String> lines(Palette palette) {
    int[] widths = widths();
    List<String> lines = new ArrayList<>();
    for (List<Cell> row : rows) {
      lines.add(line(row, widths, palette));
    }
    return lines;
  }

  private String line(List<Cell> row, int[] widths, Palette palette) {
    StringBuilder line = new StringBuilder(indent);
    int last = row.size() - 1;
    while (last > 0 && row.get(last).text().isEmpty()) {
      last--;
    }
    for (int column = 0; column <= last; column++) {
      Cell cell = row.get(column);
      line.append(palette.paint(cell.tone(), cell.text()));
      if (column < last) {
        line.repeat(' ', widths[column] - cell.text().length()).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  /** Columns that are empty in every row take no room, so no column is wider than it must be. */
  private int[] widths() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<Cell> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], row.get(column).text().length());
      }
    }
    return widths;
  }
}
