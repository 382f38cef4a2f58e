package org.ringward.interop.votes;

import java.nio.file.Path;

/** Runs the stories of votes: {@code tools/interop votes [NAME]}. */
public final class VoteRunner {
  private VoteRunner() {}

  /** Runs all stories whose name begins so; the exit code. */
  public static int run(Path root, String only) {
    int differences = VoteLab.run(root, only);
    System.out.printf("votes: %d differences%n", differences);
    return differences == 0 ? 0 : 1;
  }
}
