package org.ringward.core.control;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibValidation;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.CibYaml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ConfigurationReading;
import org.ringward.core.cib.Finding;
import org.ringward.core.cib.NodeEntry;

/**
 * Configurations as operators hand them in: read, validated, refused as a whole when anything is
 * wrong.
 */
final class Documents {
  private Documents() {}

  /** The configuration of the request's document; every error of it is named in one message. */
  static Configuration configuration(AdminRequest request, ClusterState state) {
    ConfigurationReading reading = reading(request);
    List<Finding> errors = findings(reading, state).stream().filter(Finding::isError).toList();
    if (!errors.isEmpty()) {
      throw new OperatorException(
          ExitCode.CONFIGURATION,
          errors.stream().map(Finding::text).collect(Collectors.joining("\n")));
    }
    return reading.configuration();
  }

  /** What is allowed but deserves a look. */
  static List<String> warnings(AdminRequest request, ClusterState state) {
    return findings(reading(request), state).stream()
        .filter(finding -> !finding.isError())
        .map(Finding::text)
        .toList();
  }

  /** The same request with its document as XML, the form that travels. */
  static AdminRequest normalized(AdminRequest request, ClusterState state) {
    Configuration wanted =
        OperatorOrders.merged(state.cib().configuration(), configuration(request, state));
    Map<String, String> options = new TreeMap<>(request.options());
    options.put("format", "xml");
    return new AdminRequest(request.verb(), request.author(), options, CibXml.write(wanted));
  }

  private static ConfigurationReading reading(AdminRequest request) {
    @Nullable String document = request.document();
    if (document == null) {
      throw new OperatorException(ExitCode.NO_INPUT, "no configuration was given");
    }
    String file = request.option("file", "configuration");
    return switch (request.option("format", "yaml")) {
      case "yaml" -> CibYaml.readConfiguration(file, document);
      case "xml" -> CibXml.readConfigurationWithNotes(file, document);
      default ->
          throw new OperatorException(
              ExitCode.USAGE,
              "format is '" + request.option("format", "") + "'; allowed are yaml and xml");
    };
  }

  private static List<Finding> findings(ConfigurationReading reading, ClusterState state) {
    List<String> nodes =
        state.cib().configuration().nodes().stream().map(NodeEntry::uname).toList();
    return CibValidation.validate(reading, nodes);
  }
}
