package org.ringward.core.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.ringward.core.cib.Configuration;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;

/**
 * Random devices that fail, hang, lie late or are missing: every request is told once, and a proof
 * is given only when all devices of some level have really switched the target off in time.
 */
class FenceExecutorPropertyTest {
  private static final List<List<String>> LEVELS = List.of(List.of("d1"), List.of("d2", "d3"));

  @Test
  void randomStories() {
    for (long seed = 0; seed < 200; seed++) {
      new Story(seed).play();
    }
  }

  private static final class Story implements Processes {
    final String name;
    final Random random;
    final FenceExecutor executor;
    final Configuration configuration;
    final TreeMap<Long, Execution> running = new TreeMap<>();
    final TreeSet<Long> killed = new TreeSet<>();
    final List<FenceOutcome> outcomes = new ArrayList<>();

    /** Targets and devices that were switched off by an agent that was not killed before. */
    final TreeSet<String> off = new TreeSet<>();

    long processIds;
    long now;

    Story(long seed) {
      this.name = "seed " + seed;
      this.random = new Random(seed);
      this.executor =
          new FenceExecutor(
              "a",
              new FenceEnvironment(List.of("/f1", "/f2"), "/bin"),
              this,
              () -> ++processIds,
              bound -> random.nextLong(bound),
              outcomes::add);
      FenceConfiguration build = new FenceConfiguration().property("fencing-timeout", "5s");
      for (String device : List.of("d1", "d2", "d3")) {
        Map<String, String> parameters =
            new TreeMap<>(Map.of("pcmk_host_list", "b c", "device", device));
        if (random.nextBoolean()) {
          parameters.put("pcmk_delay_max", "2s");
        }
        build.device(device, "fence_x", parameters);
      }
      for (String target : List.of("b", "c")) {
        build.level(1, "d1", "target", target).level(2, "d2,d3", "target", target);
      }
      this.configuration = build.build();
    }

    @Override
    public void start(long processId, Execution execution) {
      running.put(processId, execution);
    }

    @Override
    public void kill(long processId) {
      killed.add(processId);
    }

    void play() {
      FenceAction action = random.nextBoolean() ? FenceAction.OFF : FenceAction.REBOOT;
      executor.fence(new FenceRequest(1, "b", action, configuration, "x"), now);
      executor.fence(new FenceRequest(2, "c", action, configuration, "x"), now);
      for (int i = 0; i < 500 && (executor.running("b") || executor.running("c")); i++) {
        if (running.isEmpty() || random.nextInt(3) == 0) {
          long next = executor.nextDeadline();
          assertThat(next).as(name).isGreaterThan(now).isLessThan(Long.MAX_VALUE);
          now = next;
          executor.expire(now, now);
        } else {
          endOne();
        }
      }
      assertThat(outcomes).as(name).hasSize(2);
      for (FenceOutcome outcome : outcomes) {
        assertThat(outcome.succeeded()).as(name).isEqualTo(outcome.proof() != null);
        if (outcome.succeeded()) {
          String target = outcome.request().target();
          boolean whole =
              LEVELS.stream()
                  .anyMatch(level -> level.stream().allMatch(each -> off.contains(target + each)));
          assertThat(whole).as(name).isTrue();
        }
      }
    }

    private void endOne() {
      List<Long> ids = List.copyOf(running.keySet());
      long id = ids.get(random.nextInt(ids.size()));
      Execution execution = running.remove(id);
      now += random.nextInt(1_000_000_000);
      // The loop may be late: deadlines that have passed come first.
      executor.expire(now, now);
      ProcessResult result =
          switch (random.nextInt(6)) {
            case 0 -> new ProcessResult(-1, "", "", "no such file");
            case 1, 2 -> new ProcessResult(1, "", "failed", null);
            default -> new ProcessResult(0, "", "", null);
          };
      List<String> lines = String.valueOf(execution.input()).lines().toList();
      boolean cuts = lines.contains("action=off") || lines.contains("action=reboot");
      if (cuts && result.exitCode() == 0 && !killed.contains(id)) {
        off.add(value(lines, "nodename=") + value(lines, "device="));
      }
      assertThat(executor.processEnded(id, result, now, now)).as(name).isTrue();
    }

    private static String value(List<String> lines, String key) {
      return lines.stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()))
          .findFirst()
          .orElse("");
    }
  }
}
