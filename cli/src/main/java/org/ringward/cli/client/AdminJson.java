package org.ringward.cli.client;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.FencingReport;
import org.ringward.core.admin.HistoryReport;
import org.ringward.core.admin.IncidentsReport;
import org.ringward.core.admin.LeasesReport;
import org.ringward.core.admin.LinksReport;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.admin.QuorumReport;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.RehearsalReport;
import org.ringward.core.admin.RingReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.admin.TimelineReport;
import org.ringward.core.admin.TimingReport;
import org.ringward.core.admin.TransitionReport;
import org.ringward.core.admin.WhyReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of docs/admin-protocol.md: the admin records by their component names. */
public final class AdminJson {
  /**
   * The version of what is written for other programs. It grows when a key is renamed, removed or
   * means something else; new keys may come at any time.
   */
  private static final int SCHEMA = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .addMixIn(AdminReply.Report.class, ReportType.class)
          .build();

  /** Names the kind of a report in its JSON. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = StatusReport.class, name = "status"),
    @JsonSubTypes.Type(value = PlanReport.class, name = "plan"),
    @JsonSubTypes.Type(value = WhyReport.class, name = "why"),
    @JsonSubTypes.Type(value = TimelineReport.class, name = "timeline"),
    @JsonSubTypes.Type(value = IncidentsReport.class, name = "incidents"),
    @JsonSubTypes.Type(value = RehearsalReport.class, name = "rehearsal"),
    @JsonSubTypes.Type(value = DocumentReport.class, name = "document"),
    @JsonSubTypes.Type(value = HistoryReport.class, name = "history"),
    @JsonSubTypes.Type(value = RingReport.class, name = "ring"),
    @JsonSubTypes.Type(value = LinksReport.class, name = "links"),
    @JsonSubTypes.Type(value = TimingReport.class, name = "timing"),
    @JsonSubTypes.Type(value = QuorumReport.class, name = "quorum"),
    @JsonSubTypes.Type(value = RegionsReport.class, name = "regions"),
    @JsonSubTypes.Type(value = FencingReport.class, name = "fencing"),
    @JsonSubTypes.Type(value = LeasesReport.class, name = "leases"),
    @JsonSubTypes.Type(value = TransitionReport.class, name = "transition")
  })
  private interface ReportType {}

  private AdminJson() {}

  /** What is empty is left out: the daemon then takes what it knows. */
  static byte[] request(AdminRequest request) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("verb", request.verb().name().toLowerCase(Locale.ROOT));
    if (!request.author().isEmpty()) {
      json.put("author", request.author());
    }
    ObjectNode options = json.putObject("options");
    request.options().forEach(options::put);
    if (request.document() != null) {
      json.put("document", request.document());
    }
    return MAPPER.writeValueAsBytes(json);
  }

  /** The reply in these bytes; one that is none is refused with a sentence. */
  static AdminReply reply(byte[] json) {
    try {
      return MAPPER.readValue(json, AdminReply.class);
    } catch (JacksonException exception) {
      throw new OperatorException(
          ExitCode.PROTOCOL,
          "The daemon's answer could not be understood ("
              + exception.getOriginalMessage()
              + "); are daemon and command line of the same version?");
    }
  }

  /** A report as JSON for other programs, indented. */
  public static String pretty(AdminReply.Report report) {
    return indented(
        MAPPER.writerFor(AdminReply.Report.class).with(printer()).writeValueAsString(report));
  }

  /** A list of things as JSON for other programs, indented; they stand under their type. */
  public static String list(String type, List<?> items) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("type", type);
    all.put(type, items);
    return indented(MAPPER.writer().with(printer()).writeValueAsString(all));
  }

  /** A reply without a report as JSON for other programs. */
  public static String answer(AdminReply reply) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("type", "answer");
    all.put("exitCode", reply.exitCode());
    all.put("message", reply.message());
    return indented(MAPPER.writer().with(printer()).writeValueAsString(all));
  }

  /** A report as JSON on one line. */
  public static String compact(AdminReply.Report report) {
    String json = MAPPER.writerFor(AdminReply.Report.class).writeValueAsString(report);
    return "{\"schema\":" + SCHEMA + "," + json.substring(1);
  }

  private static String indented(String json) {
    return "{\n  \"schema\" : " + SCHEMA + "," + json.substring(1);
  }

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
  }
}
