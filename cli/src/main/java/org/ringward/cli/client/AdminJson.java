package org.ringward.cli.client;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of docs/admin-protocol.md: the admin records by their component names. */
public final class AdminJson {
  /**
   * The version of what is written for other programs. It grows when a key is renamed, removed or
   * means something else; new keys may come at any time.
   */
  private static final int SCHEMA = 1;

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Data binding, made ready only where it is needed. */
  private static final class Binding {
    private static final JsonMapper MAPPER =
        JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .addMixIn(AdminReply.Report.class, ReportType.class)
            .build();

    private Binding() {}
  }

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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("verb", request.verb().name().toLowerCase(Locale.ROOT));
      if (!request.author().isEmpty()) {
        json.writeStringProperty("author", request.author());
      }
      json.writeObjectPropertyStart("options");
      request.options().forEach(json::writeStringProperty);
      json.writeEndObject();
      if (request.document() != null) {
        json.writeStringProperty("document", request.document());
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** The reply in these bytes; one that is none is refused with a sentence. */
  static AdminReply reply(byte[] json) {
    try {
      return RecordReader.read(json, AdminJson::reply);
    } catch (JacksonException exception) {
      throw misunderstood(exception.getOriginalMessage());
    } catch (RecordReader.Malformed exception) {
      throw misunderstood(exception.getMessage());
    }
  }

  private static OperatorException misunderstood(@Nullable String why) {
    return new OperatorException(
        ExitCode.PROTOCOL,
        "The daemon's answer could not be understood ("
            + why
            + "); are daemon and command line of the same version?");
  }

  private static AdminReply reply(RecordReader json) throws RecordReader.Malformed {
    json.expectObject();
    Object exitCode = 0;
    Object message = "";
    AdminReply.Report report = null;
    for (String name = json.member(); name != null; name = json.member()) {
      switch (name) {
        case "exitCode" -> exitCode = json.value(int.class);
        case "message" -> message = json.value(String.class);
        case "report" -> report = json.isNull() ? null : report(json);
        default -> json.skip();
      }
    }
    return new AdminReply(
        exitCode instanceof Integer number ? number : 0,
        message instanceof String text ? text : "",
        report);
  }

  /** Its type comes before what depends on it. */
  private static AdminReply.Report report(RecordReader json) throws RecordReader.Malformed {
    json.expectObject();
    for (String name = json.member(); name != null; name = json.member()) {
      if (name.equals("type")) {
        Object type = json.value(String.class);
        for (JsonSubTypes.Type each : ReportType.class.getAnnotation(JsonSubTypes.class).value()) {
          if (each.name().equals(type)) {
            return (AdminReply.Report) json.rest(each.value());
          }
        }
        throw new RecordReader.Malformed("there is no report \"" + type + "\"");
      }
      json.skip();
    }
    throw new RecordReader.Malformed("a report has no type");
  }

  /** A report as JSON for other programs, indented. */
  public static String pretty(AdminReply.Report report) {
    return indented(
        Binding.MAPPER
            .writerFor(AdminReply.Report.class)
            .with(printer())
            .writeValueAsString(report));
  }

  /** A list of things as JSON for other programs, indented; they stand under their type. */
  public static String list(String type, List<?> items) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("type", type);
    all.put(type, items);
    return indented(Binding.MAPPER.writer().with(printer()).writeValueAsString(all));
  }

  /** Named things as JSON for other programs, indented, with their type first. */
  public static String object(String type, Map<String, Object> values) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("type", type);
    all.putAll(values);
    return indented(Binding.MAPPER.writer().with(printer()).writeValueAsString(all));
  }

  /** A reply without a report as JSON for other programs. */
  public static String answer(AdminReply reply) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("type", "answer");
    all.put("exitCode", reply.exitCode());
    all.put("message", reply.message());
    return indented(Binding.MAPPER.writer().with(printer()).writeValueAsString(all));
  }

  /** A report as JSON on one line. */
  public static String compact(AdminReply.Report report) {
    String json = Binding.MAPPER.writerFor(AdminReply.Report.class).writeValueAsString(report);
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
