package org.ringward.cli.command;

import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Configuration;

/** Configurations that were in force, read from the daemon. */
final class PastConfiguration {
  private PastConfiguration() {}

  /**
   * The configuration of a version.
   *
   * @throws ChangeCommand.Refused when the daemon does not have it
   */
  static Configuration of(ClusterCommand command, String version) {
    return read(command.ask(Verb.HISTORY, ClusterCommand.options("version", version)));
  }

  /** The one in force. */
  static Configuration now(ClusterCommand command) {
    return read(command.ask(Verb.CONFIGURATION, ClusterCommand.options("format", "xml")));
  }

  private static Configuration read(AdminReply reply) {
    if (reply.exitCode() != 0) {
      throw new ChangeCommand.Refused(reply);
    }
    DocumentReport document = ClusterCommand.report(reply, DocumentReport.class);
    return CibXml.readConfiguration("configuration " + document.version(), document.text());
  }
}
