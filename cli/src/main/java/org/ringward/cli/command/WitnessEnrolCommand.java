package org.ringward.cli.command;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.ring.settings.ConfigurationFile;
import org.ringward.ring.witness.Enrolment;
import org.ringward.ring.witness.NodeIdentity;
import org.ringward.ring.witness.Token;
import org.ringward.ring.witness.WitnessFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "enrol",
    header = "Let this node use a witness.",
    description = {
      "Makes a key on this node, gives the token to the witness and gets a certificate for the key."
          + " The token tells which witness it has to be: another one is refused.",
      "The files go to the folder witness of the node's state directory; a daemon that runs takes"
          + " them at its next connection. Its settings need quorum.device with model witness."
    },
    exitCodeList = {
      "69:the witness is not reached",
      "77:the witness refuses, or is another one than the token's",
      "78:the configuration file has an error"
    },
    footer = {"Examples:", "  ringward witness enrol witness.example.org rw1-GZ0X..."})
final class WitnessEnrolCommand implements Callable<Integer> {
  private static final int PORT = 5408;

  private final Environment environment;

  @Parameters(
      index = "0",
      paramLabel = "HOST[:PORT]",
      description = "The witness (default port: 5408).")
  private String witness = "";

  @Parameters(
      index = "1",
      paramLabel = "TOKEN",
      description = "What 'ringward witness token' printed.")
  private String token = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "/etc/ringward/ringward.yaml",
      description =
          "The node's settings, which say who it is: a node file or a corosync.conf (default:"
              + " ${DEFAULT-VALUE}).")
  private Path config = Path.of("");

  @Mixin private OutputOption output = new OutputOption();

  WitnessEnrolCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Token given = Token.parse(token.strip());
    NodeSettings settings = ConfigurationFile.read(config).settings();
    NodeIdentity node = new NodeIdentity(settings.clusterName(), settings.self().id());
    WitnessFiles files = WitnessFiles.in(settings.paths().stateDir());
    X509Certificate made = Enrolment.enrol(host(), port(), given, node, files);
    output.say(
        environment,
        "Enrolled as %s; the certificate in %s is valid until %s."
            .formatted(
                node,
                files.folder(),
                made.getNotAfter().toInstant().atZone(ZoneOffset.UTC).toLocalDate()));
    return 0;
  }

  /** Where the port begins; an IPv6 address with port is in brackets. */
  private int colon() {
    int colon = witness.lastIndexOf(':');
    boolean bare = witness.indexOf(':') != colon && !witness.startsWith("[");
    return bare || colon < witness.lastIndexOf(']') ? -1 : colon;
  }

  private String host() {
    String host = colon() < 0 ? witness : witness.substring(0, colon());
    return host.replaceFirst("^\\[(.*)]$", "$1");
  }

  private int port() {
    if (colon() < 0) {
      return PORT;
    }
    String text = witness.substring(colon() + 1);
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw new OperatorException(
          ExitCode.USAGE, "HOST:PORT needs a port from 1 to 65535, found \"%s\"".formatted(text));
    }
    return port;
  }
}
