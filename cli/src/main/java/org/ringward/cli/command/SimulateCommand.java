package org.ringward.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    header = "Show what the scheduler would do with a cluster.",
    description = {
      "Reads a whole CIB with its status and shows what would be started, stopped, moved and fenced,"
          + " and why. Nothing is done to a cluster, and with a file nothing is asked of one, so it"
          + " works on any machine and on CIBs of Pacemaker. Options and text are those of"
          + " crm_simulate.",
      "The time is the one given, else the execution-date of the CIB, else now."
    },
    exitCodeList = {
      "1:a case of the list failed",
      "65:the file is no CIB",
      "66:the file cannot be read",
      "73:an output file cannot be written",
      "105:a node or resource does not exist"
    },
    footer = {
      "Examples:",
      "  ringward simulate --live --node-fail n2",
      "  ringward simulate --xml-file pe-input-12.bz2 --simulate --show-scores",
      "  ringward simulate -x cib.xml -i vip_monitor_10000@n1=7 -S -O after.xml",
      "  ringward simulate -x cib.xml -D graph.dot && dot -Tsvg graph.dot > graph.svg"
    })
final class SimulateCommand extends ClusterCommand {
  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  /** Where clusters come from. */
  private static final class Source {
    @Option(
        names = {"-x", "--xml-file"},
        required = true,
        paramLabel = "FILE",
        description = "A CIB as XML, also packed with gzip, bzip2 or xz; - reads standard input.")
    private @Nullable String file;

    @Option(
        names = {"-p", "--xml-pipe"},
        required = true,
        description = "The CIB is read from standard input.")
    @SuppressWarnings("UnusedVariable") // given or not, there is no other source then
    private boolean pipe;

    @Option(
        names = {"-L", "--live", "--live-check"},
        required = true,
        description = "The running cluster.")
    private boolean live;

    @Option(
        names = "--batch",
        required = true,
        paramLabel = "LIST",
        description =
            "Many of them: each line of the list has, separated by tabs, the XML file, options as"
                + " for a shell, the file for the graph, the file for the text of -S, and if wanted"
                + " the file for the scores.")
    private @Nullable Path list;
  }

  @Mixin private SimulateOptions options = new SimulateOptions();

  SimulateCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    if (source.list != null) {
      return new SimulateBatch(environment()).run(source.list);
    }
    Cib cib;
    if (source.live) {
      AdminReply reply = ask(Verb.CONFIGURATION, options("format", "xml", "with-status", "true"));
      if (reply.exitCode() != 0) {
        return tell(reply);
      }
      cib = CibXml.read("the running cluster", report(reply, DocumentReport.class).text());
    } else {
      cib = CibFile.read(source.file == null ? "-" : source.file, environment());
    }
    SimulatedCluster cluster = SimulatedCluster.of(cib, options, false, environment());
    cluster.save();
    print(cluster.lines());
    return 0;
  }
}
