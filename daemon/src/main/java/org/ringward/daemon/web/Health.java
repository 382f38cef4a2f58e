package org.ringward.daemon.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.node.Lookout;

/**
 * Yes or no for load balancers: status 200 or 503, with a sentence. Nothing else of the cluster can
 * be read here.
 */
final class Health {
  private Health() {}

  /** What is asked, and the answer. */
  static void answer(HttpExchange exchange, String question, Lookout.Sight sight)
      throws IOException, Refusal {
    switch (question) {
      case "live" -> tell(exchange, true, "the node turns", "");
      case "quorate" ->
          tell(
              exchange,
              sight.cluster().quorate(),
              "this side has quorum",
              "this side has no quorum, or agrees with nobody at present");
      case "coordinator" ->
          tell(
              exchange,
              sight.cluster().coordinates(),
              "this node coordinates",
              "this node does not coordinate");
      default -> resource(exchange, question, sight.cluster().status().get());
    }
  }

  private static void resource(HttpExchange exchange, String question, StatusReport status)
      throws IOException, Refusal {
    String prefix = "resource/";
    if (!question.startsWith(prefix)) {
      throw new Refusal(404, "health is live, quorate, coordinator or resource/NAME");
    }
    String name = question.substring(prefix.length());
    List<StatusReport.ResourceLine> lines =
        status.resources().stream().filter(each -> each.id().equals(name)).toList();
    if (lines.isEmpty()) {
      throw new Refusal(404, "there is no resource of that name");
    }
    boolean here =
        lines.stream()
            .anyMatch(each ->
                each.nodes().contains(status.node())
                    && (each.state().equals("Started") || each.state().equals("Partial")));
    tell(exchange, here, "it runs on this node", "it does not run on this node");
  }

  private static void tell(HttpExchange exchange, boolean well, String yes, String no)
      throws IOException {
    Answer.text(exchange, well ? 200 : 503, well ? yes : no);
  }
}
