package org.ringward.cli.client;

import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.quorum.witness.WitnessReport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The JSON in which a witness tells its status. */
public final class WitnessJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private WitnessJson() {}

  /** The report in these bytes; what is none is refused with a sentence. */
  public static WitnessReport report(byte[] json) {
    try {
      return MAPPER.readValue(json, WitnessReport.class);
    } catch (JacksonException e) {
      throw misunderstood(e);
    }
  }

  /** The same JSON, indented. */
  public static String pretty(byte[] json) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(MAPPER.readTree(json));
    } catch (JacksonException e) {
      throw misunderstood(e);
    }
  }

  private static OperatorException misunderstood(JacksonException e) {
    return new OperatorException(
        ExitCode.PROTOCOL,
        "The witness's answer could not be understood (" + e.getOriginalMessage() + ").");
  }
}
