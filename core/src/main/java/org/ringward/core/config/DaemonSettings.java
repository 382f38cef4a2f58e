package org.ringward.core.config;

/**
 * What only the program around the core looks at.
 *
 * @param realTime whether it asks the system for real-time priority
 * @param access who may use the local client interface
 * @param web where the page is served
 * @param log the form of the log
 */
public record DaemonSettings(
    RealTime realTime, AccessSettings access, WebSettings web, LogForm log) {

  /** Usual priority, for root alone, without a page: what a ring inside another program has. */
  public static final DaemonSettings NONE =
      new DaemonSettings(RealTime.NO, AccessSettings.NONE, WebSettings.NONE, LogForm.AUTO);
}
