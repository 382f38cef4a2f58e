package org.ringward.daemon.web;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.LinksReport;
import org.ringward.core.admin.QuorumReport;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.RingReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.admin.TransitionReport;
import org.ringward.core.base.Decision;
import org.ringward.core.cib.Cib;
import org.ringward.core.control.ClusterLookout;
import org.ringward.core.node.Lookout;

/** A node of two that shows what a test wants. */
final class FakeNode implements NodeWindow {
  final List<AdminRequest> asked = new CopyOnWriteArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private @Nullable Viewer viewer;
  private boolean quorate = true;
  private String webOn = "a";
  private boolean dead;

  synchronized void decide(String what) {
    decisions.add(
        new Decision(1000, "a", Decision.Kind.PLACEMENT, "web", what, List.of("why"), List.of()));
    showNow();
  }

  synchronized void moveTo(String node) {
    webOn = node;
    showNow();
  }

  synchronized void loseQuorum() {
    quorate = false;
    showNow();
  }

  synchronized void die() {
    dead = true;
  }

  synchronized boolean isWatched() {
    return viewer != null;
  }

  private void showNow() {
    Viewer to = viewer;
    if (to != null) {
      to.seen(sight(to.known()));
    }
  }

  @Override
  public synchronized void show(@Nullable Viewer to) {
    viewer = to;
    if (!dead) {
      showNow();
    }
  }

  @Override
  public synchronized CompletableFuture<Lookout.Sight> look() {
    return dead ? new CompletableFuture<>() : CompletableFuture.completedFuture(sight(0));
  }

  @Override
  public CompletableFuture<AdminReply> ask(AdminRequest request) {
    asked.add(request);
    return CompletableFuture.completedFuture(
        request.verb() == AdminRequest.Verb.CONFIGURATION
            ? AdminReply.of(new DocumentReport("yaml", "0.1.0", "resources: []\n"))
            : AdminReply.done("done"));
  }

  private Lookout.Sight sight(long after) {
    List<Decision> fresh = List.copyOf(decisions.subList((int) after, decisions.size()));
    return new Lookout.Sight(
        1_700_000_000_000L,
        new ClusterLookout.Sight(
            true,
            quorate,
            true,
            Cib.EMPTY,
            this::status,
            () ->
                new TransitionReport(
                    "a",
                    "a",
                    true,
                    7,
                    "done",
                    "All done.",
                    "",
                    5,
                    List.of(
                        new TransitionReport.ActionLine(
                            1, "start", "web", "a", "done", 100, 250, List.of()))),
            fresh,
            decisions.size()),
        AdminReply.of(ring()),
        AdminReply.of(
            new LinksReport(
                "a",
                "knet",
                "passive",
                List.of(
                    new LinksReport.LinkLine(
                        "b",
                        2,
                        0,
                        "10.0.0.2",
                        5405,
                        1,
                        true,
                        true,
                        1500,
                        true,
                        250,
                        900,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        3,
                        0)))),
        AdminReply.of(
            new QuorumReport(
                "test",
                "a",
                quorate,
                2,
                2,
                2,
                "votes",
                "2 of 2 votes are here",
                "",
                List.of(),
                List.of(new QuorumReport.NodeLine("a", 1, 1, 2, List.of())),
                null,
                null,
                List.of(),
                List.of())),
        AdminReply.of(
            new RegionsReport("a", List.of(), List.of(), List.of(), List.of(), List.of())));
  }

  private synchronized StatusReport status() {
    return new StatusReport(
        "test",
        "a",
        "operational",
        "1/4",
        quorate,
        quorate ? "2 of 2 votes are here" : "1 of 2 votes is here",
        "a",
        "0.1.5",
        true,
        List.of(
            new StatusReport.NodeLine("a", 1, "member", false, false, ""),
            new StatusReport.NodeLine("b", 2, "member", true, false, "")),
        List.of(
            new StatusReport.ResourceLine("g", null, "group", "Started", List.of(webOn), true, ""),
            new StatusReport.ResourceLine(
                "web", "g", "ocf:heartbeat:nginx", "Started", List.of(webOn), true, "")),
        List.of(new StatusReport.FailureLine("web", "monitor", "b", 7, "say \"no\"", 0, 3)),
        List.of(),
        List.of());
  }

  private static RingReport ring() {
    return new RingReport(
        "test",
        "a",
        1,
        "operational",
        "1/4",
        true,
        "knet",
        new RingReport.Votes(true, 2, 2, 2, ""),
        List.of(
            new RingReport.MemberLine("a", 1, List.of("10.0.0.1"), 1, true, true),
            new RingReport.MemberLine("b", 2, List.of("10.0.0.2"), 1, true, false)),
        new RingReport.Timers(400, 300, 90, 20, 50, 480, 200),
        new TreeMap<>(),
        List.of());
  }
}
