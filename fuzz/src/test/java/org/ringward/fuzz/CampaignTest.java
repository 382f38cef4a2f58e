package org.ringward.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.fuzz.engine.Campaign;
import org.ringward.fuzz.engine.Captures;
import org.ringward.fuzz.engine.Finding;
import org.ringward.fuzz.engine.Reproducer;
import org.ringward.fuzz.engine.Target;
import org.ringward.fuzz.engine.Watch;
import org.ringward.fuzz.target.Targets;

/** The fuzzer itself: planted faults are found, made small and can be shown again. */
final class CampaignTest {
  private final Watch watch = new Watch(finding -> {});

  /** Remembers inputs; a fault needs two in a row. */
  private static class Planted implements Target {
    private boolean armed;

    @Override
    public String name() {
      return "planted";
    }

    @Override
    public List<String> subjects() {
      return List.of();
    }

    @Override
    public List<byte[]> seeds() {
      return List.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    }

    @Override
    public int weight() {
      return 1;
    }

    @Override
    public int episode() {
      return 200;
    }

    @Override
    public int lengthMax() {
      return 64;
    }

    @Override
    public void begin() {
      armed = false;
    }

    @Override
    public int input(byte[] bytes) {
      boolean before = armed;
      armed |= bytes.length > 1 && bytes[1] == (byte) 0xFF;
      if (before && bytes.length > 2 && bytes[2] == 0) {
        throw new IllegalStateException("planted");
      }
      return 1;
    }
  }

  @Test
  void aPlantedFaultIsFoundAndMadeSmall(@TempDir Path folder) throws Exception {
    Planted target = new Planted();
    Campaign campaign = new Campaign(target, 1, watch);
    campaign.run(20_000);
    assertThat(campaign.findings()).hasSize(1);
    Finding finding = campaign.findings().getFirst();
    assertThat(campaign.repeats(finding)).isGreaterThan(10);
    assertThat(finding.inputs()).hasSize(2);
    assertThat(finding.inputs().getFirst()).hasSize(2);
    assertThat(finding.inputs().getLast()).hasSize(3);

    Path file = folder.resolve("planted.txt");
    new Reproducer("planted", finding.inputs()).write(file, "what\nwhere");
    Reproducer read = Reproducer.read(file);
    assertThat(read.target()).isEqualTo("planted");
    assertThatThrownBy(() -> read.run(target)).hasMessage("planted");
  }

  @Test
  void takingTooMuchMemoryIsFound() {
    Target greedy =
        new Planted() {
          @Override
          public long allocationMax(int length) {
            return 10_000;
          }

          @Override
          public int input(byte[] bytes) {
            byte[] taken = bytes.length == 7 ? new byte[100_000] : bytes;
            assertThat(Objects.hashCode(taken)).isNotNull();
            return 1;
          }
        };
    Campaign campaign = new Campaign(greedy, 1, watch);
    campaign.run(5_000);
    assertThat(campaign.findings()).hasSize(1);
    assertThat(campaign.findings().getFirst().thrown()).hasMessage("takes too much memory");
  }

  /** Every target takes its seeds and some thousand frames; nothing may be found. */
  @Test
  void nothingIsFoundInAFewFrames() {
    for (Target target : targets()) {
      Campaign campaign = new Campaign(target, 2, watch);
      campaign.run(1_000);
      assertThat(campaign.findings()).as(target.name()).isEmpty();
      assertThat(campaign.frames()).as(target.name()).isGreaterThanOrEqualTo(1_000);
    }
  }

  static List<Target> targets() {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("ringward.root")));
    return new Targets(new Captures(root.resolve("core/src/test/resources/captures"))).get();
  }
}
