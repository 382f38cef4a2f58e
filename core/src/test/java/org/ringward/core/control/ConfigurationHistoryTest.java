package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.HistoryReport;
import org.ringward.core.base.Decision;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.base.SavedConfiguration;
import org.ringward.core.cib.CibXml;
import org.ringward.core.port.Journal;

/** Who changed the configuration when and why, in bounded space, and nothing lost. */
class ConfigurationHistoryTest {
  private final List<SavedConfiguration> journal = new ArrayList<>();
  private final ConfigurationHistory history = new ConfigurationHistory(new Keeping());
  private ClusterState state = ClusterState.BLANK.withPrimary(4);

  private final class Keeping implements Journal {
    @Override
    public void decision(Decision decision) {}

    @Override
    public void configuration(SavedConfiguration saved) {
      journal.add(saved);
    }

    @Override
    public void log(Level level, String text) {}
  }

  private static ClusterState changed(ClusterState before, String value) {
    return before.withConfiguration(before.cib().configuration().withProperty("mark", value));
  }

  private void order(String value, String author) {
    state = changed(state, value);
    Map<String, String> options = Map.of("what", "set mark to " + value, "reason", "why not");
    history.ordered(
        state,
        new ClusterMessage.OperatorOrder(
            1, Verb.APPLY, author, new TreeMap<>(options), null, 1000));
  }

  private List<String> versions() {
    return history.entries().stream().map(SavedConfiguration::version).toList();
  }

  private String mark(String version) {
    AdminRequest request = new AdminRequest(Verb.HISTORY, "root", Map.of("version", version), null);
    String xml = ConfigurationHistory.document("n1", history.entries(), request).text();
    return String.valueOf(CibXml.readConfiguration("test", xml).property("mark"));
  }

  @Test
  void everyChangeHasAuthorReasonAndTime() {
    order("a", "ada");
    order("b", "grace");
    HistoryReport report = ConfigurationHistory.report("n1", history.entries());
    assertThat(report.entries())
        .extracting(HistoryReport.Entry::version, HistoryReport.Entry::author)
        .containsExactly(tuple("0.1", "ada"), tuple("0.2", "grace"));
    assertThat(report.entries().getLast().reason()).isEqualTo("why not");
    assertThat(report.entries().getLast().what()).isEqualTo("set mark to b");
    assertThat(report.entries().getLast().changes()).singleElement().asString().contains("a -> b");
    assertThat(journal).isEqualTo(history.entries());
  }

  @Test
  void whatIsTooOldIsRefusedWithWhatIsKept() {
    for (int i = 1; i <= 60; i++) {
      order("v" + i, "ada");
    }
    assertThat(versions()).hasSize(50).startsWith("0.11").endsWith("0.60");
    assertThat(mark("0.11")).isEqualTo("v11");
    refused(
        "0.10", ExitCode.NO_SUCH_OBJECT, "older than what n1 keeps, the latest 50: 0.11 to 0.60");
    refused("0.61", ExitCode.NO_SUCH_OBJECT, "never in force as far as n1 knows");
    refused("latest", ExitCode.USAGE, "'latest' is no version");
  }

  private void refused(String version, ExitCode code, String sentence) {
    assertThatThrownBy(() -> mark(version))
        .isInstanceOfSatisfying(
            OperatorException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
        .hasMessageContaining(sentence);
  }

  @Test
  void whatWasChangedMeanwhileIsOneEntryWithoutAuthor() {
    order("a", "ada");
    ClusterState elsewhere = changed(changed(state, "b"), "c");
    history.agreed(elsewhere, new Moment(0, 2000));
    history.agreed(elsewhere, new Moment(0, 3000));
    assertThat(versions()).containsExactly("0.1", "0.3");
    assertThat(history.entries().getLast().author()).isEmpty();
    assertThat(history.entries().getLast().wallMillis()).isEqualTo(2000);
  }

  /** Two sides went on from 0.1; ours is given up, but not forgotten. */
  @Test
  void whatIsGivenUpStaysUnderANameOfItsOwn() {
    order("a", "ada");
    ClusterState fork = state;
    order("ours", "ada");
    order("ours too", "ada");
    ClusterState theirs = changed(fork, "theirs");
    history.agreed(theirs, new Moment(0, 5000));

    assertThat(versions()).hasSize(4);
    assertThat(versions().get(1)).startsWith("0.2~");
    assertThat(versions().get(2)).startsWith("0.3~");
    assertThat(mark("0.2")).isEqualTo("theirs");
    assertThat(mark(versions().get(1))).isEqualTo("ours");
    assertThat(mark(versions().get(2))).isEqualTo("ours too");
    HistoryReport report = ConfigurationHistory.report("n1", history.entries());
    assertThat(report.entries())
        .extracting(HistoryReport.Entry::aside)
        .containsExactly(false, true, true, false);
    assertThat(report.entries().getLast().changes().toString()).contains("a -> theirs");

    ConfigurationHistory again = new ConfigurationHistory(new Keeping());
    again.remember(List.copyOf(journal));
    assertThat(again.entries()).isEqualTo(history.entries());
  }

  /** The side that had gone on without quorum comes back to what it had before. */
  @Test
  void goingBackToWhatIsKeptAddsNothing() {
    order("a", "ada");
    ClusterState fork = state;
    order("ours", "ada");
    history.agreed(fork, new Moment(0, 5000));
    assertThat(versions()).hasSize(2);
    assertThat(versions().getFirst()).isEqualTo("0.1");
    assertThat(versions().getLast()).startsWith("0.2~");
  }

  @Test
  void aRestartAloneAddsNothing() {
    order("a", "ada");
    ConfigurationHistory again = new ConfigurationHistory(new Keeping());
    again.remember(List.copyOf(journal));
    again.agreed(state, new Moment(0, 9000));
    assertThat(again.entries()).isEqualTo(history.entries());
    assertThat(journal).hasSize(1);
  }
}
