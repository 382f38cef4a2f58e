package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects findings about records, with their lines where these are known. */
final class FindingList {
  private final SourceMap sources;
  private final List<Finding> findings = new ArrayList<>();

  FindingList(SourceMap sources) {
    this.sources = sources;
  }

  void error(Attributes where, String key, String sentence) {
    add(Finding.Severity.ERROR, sources.line(where), key, sentence);
  }

  void warning(Attributes where, String key, String sentence) {
    add(Finding.Severity.WARNING, sources.line(where), key, sentence);
  }

  /** About an element; its own line serves when it is not in the map. */
  void error(Element element, String sentence) {
    add(Finding.Severity.ERROR, line(element), Names.of(element), sentence);
  }

  void warning(Element element, String sentence) {
    add(Finding.Severity.WARNING, line(element), Names.of(element), sentence);
  }

  int line(Attributes attributes) {
    return sources.line(attributes);
  }

  private int line(Element element) {
    int line = sources.line(element.attributes());
    return line > 0 ? line : element.line();
  }

  private void add(Finding.Severity severity, int line, String key, String sentence) {
    findings.add(new Finding(severity, sources.file(), line, key, Names.oneLine(sentence)));
  }

  /** In the order of the file; what has no line comes last. */
  List<Finding> sorted() {
    return findings.stream()
        .sorted(Comparator.comparingInt(each -> each.line() == 0 ? Integer.MAX_VALUE : each.line()))
        .toList();
  }
}
