package org.ringward.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.OptionEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "unset",
    aliases = "remove",
    header = "Take options of the cluster away.",
    description = "Their defaults hold again.",
    exitCodeList = "105:no such option is set",
    footer = {"Examples:", "  ringward property unset no-quorum-policy"})
final class PropertyUnsetCommand extends EditCommand {
  @Parameters(arity = "1..*", paramLabel = "NAME", description = "The options.")
  private List<String> names = List.of();

  PropertyUnsetCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    Map<String, String> none = new LinkedHashMap<>();
    names.forEach(name -> none.put(name, ""));
    return OptionEdits.properties(now, none, true);
  }
}
