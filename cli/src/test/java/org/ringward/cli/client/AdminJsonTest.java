package org.ringward.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AdminJsonTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** What Jackson's data binding makes of it is what our own reader makes of it. */
  @Test
  void repliesAreReadAsDataBindingReadsThem() throws IOException {
    Path folder = Path.of(System.getProperty("ringward.root"), "cli/src/test/resources/replies");
    List<Path> files;
    try (var list = Files.list(folder)) {
      files = list.filter(each -> each.toString().endsWith(".json")).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(5);
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      AdminReply reply = AdminJson.reply(bytes);
      JsonNode tree = MAPPER.readTree(bytes);
      assertThat(reply.exitCode()).isEqualTo(tree.get("exitCode").asInt());
      assertThat(reply.message()).isEqualTo(tree.get("message").asString());
      AdminReply.Report report = reply.report();
      if (report != null) {
        assertThat(report)
            .as(file.toString())
            .isEqualTo(MAPPER.treeToValue(tree.get("report"), report.getClass()));
      }
    }
  }

  private static AdminReply reply(String json) {
    return AdminJson.reply(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsNotKnownIsPassedOver() {
    AdminReply reply =
        reply(
            "{\"new\":{\"a\":[1,{}]},\"exitCode\":2,\"more\":[],\"message\":\"m\",\"report\":null}");
    assertThat(reply).isEqualTo(new AdminReply(2, "m", null));
    AdminReply document =
        reply(
            "{\"exitCode\":0,\"report\":{\"schema\":1,\"type\":\"document\",\"text\":\"t\",\"x\":{},\"format\":\"xml\",\"version\":\"1\"}}");
    assertThat(document.report())
        .isEqualTo(new org.ringward.core.admin.DocumentReport("xml", "1", "t"));
  }

  @Test
  void whatIsWrongIsRefusedWithASentence() {
    for (String json :
        List.of(
            "",
            "[]",
            "{\"exitCode\":\"zero\"}",
            "{\"exitCode\":0",
            "{\"message\":[]}",
            "{\"report\":7}",
            "{\"report\":{}}",
            "{\"report\":{\"type\":\"status\",\"nodes\":7}}",
            "{\"report\":{\"type\":\"status\",\"nodes\":[7]}}",
            "{\"report\":{\"type\":\"poem\"}}")) {
      assertThatThrownBy(() -> reply(json))
          .as(json)
          .hasMessageContaining("could not be understood");
    }
  }

  @Test
  void aRequest() {
    byte[] bytes =
        AdminJson.request(
            new AdminRequest(
                AdminRequest.Verb.WHY, "jo", Map.of("subject", "\"a\""), "text\nof two"));
    JsonNode tree = Objects.requireNonNull(MAPPER.readTree(bytes));
    assertThat(tree.get("verb").asString()).isEqualTo("why");
    assertThat(tree.get("author").asString()).isEqualTo("jo");
    assertThat(tree.get("options").get("subject").asString()).isEqualTo("\"a\"");
    assertThat(tree.get("document").asString()).isEqualTo("text\nof two");
  }
}
