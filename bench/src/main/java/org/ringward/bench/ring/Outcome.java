package org.ringward.bench.ring;

/**
 * What came out of a measure.
 *
 * @param rate messages per second that every member delivered at least
 * @param microsPerMessage processor time of all nodes for one message, clients included
 * @param median one-way microseconds to another node
 * @param percentile99 one-way microseconds to another node
 * @param ownMedian microseconds back to the sender itself
 * @param ownPercentile99 microseconds back to the sender itself
 * @param percentOfCore processor time of one node's daemon at rest
 * @param millis until all others knew of a fault
 * @param changes how often the group's members changed meanwhile, which they should not
 */
record Outcome(
    double rate,
    double microsPerMessage,
    double median,
    double percentile99,
    double ownMedian,
    double ownPercentile99,
    double percentOfCore,
    double millis,
    long changes) {
  static Outcome flood(double rate, double microsPerMessage, long changes) {
    return new Outcome(rate, microsPerMessage, 0, 0, 0, 0, 0, 0, changes);
  }

  static Outcome idle(double percentOfCore) {
    return new Outcome(0, 0, 0, 0, 0, 0, percentOfCore, 0, 0);
  }

  static Outcome latency(
      double median, double percentile99, double ownMedian, double ownPercentile99, long changes) {
    return new Outcome(0, 0, median, percentile99, ownMedian, ownPercentile99, 0, 0, changes);
  }

  static Outcome detection(double millis) {
    return new Outcome(0, 0, 0, 0, 0, 0, 0, millis, 0);
  }
}
