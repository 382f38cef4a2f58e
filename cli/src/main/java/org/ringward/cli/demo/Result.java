package org.ringward.cli.demo;

/**
 * How a scenario went.
 *
 * @param name label of the scenario
 * @param outageMillis longest time without a good answer, -1 when the service did not come back
 * @param problem why it did not go well, empty when it did
 * @param note what else was seen, may be empty
 */
record Result(String name, long outageMillis, String problem, String note) {
  Result(String name, long outageMillis, String problem) {
    this(name, outageMillis, problem, "");
  }

  boolean ok() {
    return problem.isEmpty();
  }

  /** The line of {@code --once}: {@code power-off 812 ok}. */
  String line() {
    String outage = outageMillis < 0 ? "-" : Long.toString(outageMillis);
    return name + " " + outage + " " + (ok() ? good() : "failed: " + problem);
  }

  private String good() {
    return note.isEmpty() ? "ok" : "ok: " + note;
  }
}
