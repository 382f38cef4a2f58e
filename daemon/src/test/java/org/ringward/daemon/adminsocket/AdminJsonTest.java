package org.ringward.daemon.adminsocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.admin.TimelineReport;
import org.ringward.core.base.Decision;
import tools.jackson.databind.json.JsonMapper;

class AdminJsonTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = AdminJsonTest.class.getResourceAsStream("/" + name)) {
      return in.readAllBytes();
    }
  }

  @Test
  void theExampleRequestIsRead() throws Exception {
    assertThat(AdminJson.request(resource("admin-request.json")))
        .isEqualTo(
            new AdminRequest(
                Verb.APPLY,
                "Ada",
                Map.of("format", "yaml", "file", "web.yaml"),
                "resources: []\n"));
  }

  @Test
  void theExampleReplyIsWritten() throws IOException {
    PlanReport plan =
        new PlanReport(
            "0.7.0",
            "5f0c1f2a9be4d310",
            false,
            List.of("web: new"),
            List.of(new PlanReport.Change("web", "Start", "", "n2", "n2 has the highest score")),
            List.of());
    assertThat(JSON.readTree(AdminJson.reply(AdminReply.of(plan))))
        .isEqualTo(JSON.readTree(resource("admin-reply.json")));
  }

  @Test
  void theDocumentShowsTheSameExamples() throws IOException {
    String document =
        Files.readString(Path.of(System.getProperty("ringward.root"), "docs", "admin-protocol.md"));
    assertThat(document).contains("```json\n" + text("admin-request.json") + "```");
    assertThat(document).contains("```json\n" + text("admin-reply.json") + "```");
  }

  private static String text(String name) throws IOException {
    return new String(resource(name), UTF_8);
  }

  @Test
  void reportsReadBackAsTheSameRecords() {
    StatusReport status =
        new StatusReport(
            "demo",
            "n1",
            "operational",
            "1/8",
            true,
            "2 of 3 \"votes\" – enough\n",
            null,
            "0.1.2",
            false,
            List.of(new StatusReport.NodeLine("n1", 1, "member", false, false, "")),
            List.of(
                new StatusReport.ResourceLine(
                    "ip", null, "ocf:heartbeat:IPaddr2", "Started", List.of("n1"), true, "")),
            List.of(new StatusReport.FailureLine("ip", "monitor", "n1", 7, "gone", 1L << 40, 2)),
            List.of(),
            List.of(),
            org.ringward.core.admin.GuardReport.NONE,
            List.of("any 1 node of 3 may fail"),
            List.of(),
            List.of(new StatusReport.ExerciseLine("rehearsal", 7, "0.1.2", "51 faults")));
    String json = new String(AdminJson.reply(AdminReply.of(status)), UTF_8);
    assertThat(readBack(json, "status", StatusReport.class)).isEqualTo(status);
    TimelineReport timeline =
        new TimelineReport(
            List.of(
                new Decision(
                    5, "n1", Decision.Kind.FENCE, "n2", "off", List.of("lost"), List.of())));
    String told = new String(AdminJson.reply(AdminReply.of(timeline)), UTF_8);
    assertThat(readBack(told, "timeline", TimelineReport.class)).isEqualTo(timeline);
  }

  private static <T> T readBack(String json, String type, Class<T> record) {
    var report = (tools.jackson.databind.node.ObjectNode) JSON.readTree(json).get("report");
    assertThat(report.remove("type").asString()).isEqualTo(type);
    return JSON.treeToValue(report, record);
  }
}
