package org.ringward.cli.command;

import picocli.CommandLine.Option;

/** For people or for programs. */
final class OutputOption {
  /** The forms of an answer. */
  enum Form {
    text,
    json
  }

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text for people or json for programs (default: ${DEFAULT-VALUE}).")
  private Form form = Form.text;

  boolean json() {
    return form == Form.json;
  }
}
