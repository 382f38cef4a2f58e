package org.ringward.cli.command;

import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
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

  /** A sentence about what was done, in the form that is wanted. */
  void say(Environment environment, String sentence) {
    environment.output().println(json() ? AdminJson.answer(AdminReply.done(sentence)) : sentence);
  }
}
