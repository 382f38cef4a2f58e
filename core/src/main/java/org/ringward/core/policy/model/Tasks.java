package org.ringward.core.policy.model;

/** The names of tasks as they stand in histories and graphs. */
public final class Tasks {
  public static final String START = "start";
  public static final String RUNNING = "running";
  public static final String STOP = "stop";
  public static final String STOPPED = "stopped";
  public static final String PROMOTE = "promote";
  public static final String PROMOTED = "promoted";
  public static final String DEMOTE = "demote";
  public static final String DEMOTED = "demoted";
  public static final String MONITOR = "monitor";
  public static final String NOTIFY = "notify";
  public static final String NOTIFIED = "notified";
  public static final String MIGRATE_TO = "migrate_to";
  public static final String MIGRATE_FROM = "migrate_from";
  public static final String RELOAD = "reload-agent";
  public static final String CANCEL = "cancel";
  public static final String DELETE = "delete";
  public static final String CLEAR_FAIL_COUNT = "clear_failcount";
  public static final String FENCE = "stonith";
  public static final String SHUTDOWN = "do_shutdown";
  public static final String LRM_DELETE = "lrm_delete";
  public static final String ONE_OR_MORE = "one-or-more";

  private Tasks() {}
}
