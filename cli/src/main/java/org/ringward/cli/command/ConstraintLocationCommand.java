package org.ringward.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ConstraintEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "location",
    header = "Say which nodes a resource likes.",
    description =
        "prefers NODE gives INFINITY, avoids NODE gives -INFINITY; NODE=SCORE gives that score (avoids makes it negative). What was said of the same node before is replaced.",
    exitCodeList = "105:there is no such resource or node",
    footer = {
      "Examples:",
      "  ringward constraint location web prefers a=100 b=50",
      "  ringward constraint location web avoids c"
    })
final class ConstraintLocationCommand extends EditCommand {
  @Parameters(index = "0", paramLabel = "RESOURCE", description = "The resource.")
  private String resource = "";

  @Parameters(index = "1", paramLabel = "prefers|avoids", description = "Which of the two.")
  private String how = "";

  @Parameters(
      index = "2..*",
      arity = "1..*",
      paramLabel = "NODE[=SCORE]",
      description = "The nodes.")
  private List<String> nodes = List.of();

  ConstraintLocationCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    if (!how.equals("prefers") && !how.equals("avoids")) {
      throw new OperatorException(
          ExitCode.USAGE, "'%s' is not understood; write prefers or avoids.".formatted(how));
    }
    return ConstraintEdits.location(now, resource, scores());
  }

  private Map<String, String> scores() {
    Map<String, String> scores = new LinkedHashMap<>();
    for (String each : nodes) {
      int equals = each.indexOf('=');
      String node = equals < 0 ? each : each.substring(0, equals);
      String score = equals < 0 ? "INFINITY" : each.substring(equals + 1);
      scores.put(node, how.equals("prefers") ? score : opposite(score));
    }
    return scores;
  }

  private static String opposite(String score) {
    return score.startsWith("-") ? score.substring(1) : "-" + score.replaceFirst("^[+]", "");
  }

  @Override
  List<String> subjects() {
    return List.of(resource);
  }
}
