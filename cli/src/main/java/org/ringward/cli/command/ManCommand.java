package org.ringward.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ringward.cli.manual.ManualPages;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.ring.settings.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "man",
    header = "Write the manual pages.",
    description = {
      "Writes ringward(8), a page for each command with what is below it, and ringward.yaml(5) with"
          + " every setting of a node into the folders man8 and man5 of FOLDER. They are made from"
          + " what the help is made from.",
      "Pages of the same names are replaced."
    },
    exitCodeList = {"73:a page cannot be written"},
    footer = {
      "Examples:",
      "  ringward man /usr/local/share/man",
      "  ringward man /tmp/man && man -l /tmp/man/man8/ringward.8"
    })
final class ManCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "FOLDER", description = "Where the pages go; it is made if need be.")
  private Path folder = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  ManCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Map<String, String> pages =
        new ManualPages(spec.root().commandLine(), VersionCommand.text()).all();
    for (Map.Entry<String, String> page : pages.entrySet()) {
      String name = page.getKey();
      Path file = folder.resolve("man" + name.charAt(name.length() - 1)).resolve(name);
      try {
        Files.createDirectories(file.getParent());
        Files.writeString(file, page.getValue());
      } catch (IOException exception) {
        throw new OperatorException(
            ExitCode.CANNOT_CREATE,
            "%s cannot be written (%s).".formatted(file, FileTrouble.reason(exception)));
      }
    }
    environment.output().println("Wrote %d pages into %s.".formatted(pages.size(), folder));
    return 0;
  }
}
