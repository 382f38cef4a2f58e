package org.ringward.cli.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For how long, and of what, a wish of where to run is. */
final class PreferenceOptions {
  @Option(
      names = "--lifetime",
      paramLabel = "TIME",
      description = "How long it holds, such as 2h (without it: until it is cleared).")
  private @Nullable Duration lifetime;

  @Option(names = "--promoted", description = "It is about the promoted instance of a clone only.")
  private boolean promoted;

  /** As the order takes it; null for ever. */
  @Nullable String lifetime() {
    return lifetime == null ? null : lifetime.toSeconds() + "s";
  }

  /** As the order takes it; null for every role. */
  @Nullable String role() {
    return promoted ? "Promoted" : null;
  }
}
