package org.ringward.core.policy.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;

/** A resource run by an agent: the only kind that is started and stopped for real. */
public final class PrimitiveResource extends PolicyResource {
  /** ocf, lsb, systemd, service, stonith ... */
  public final String agentClass;

  /** Empty for classes without providers. */
  public final String provider;

  public final String type;

  /** Number of the clone instance it is, or is in; -1 outside clones. */
  public int instanceNumber = -1;

  public Requires requires = Requires.QUORUM;
  public MultipleActive multipleActive = MultipleActive.STOP_START;
  public int migrationThreshold = Scores.INFINITY;
  public long failureTimeoutMs;
  public boolean allowMigrate;

  /** Its configured op elements, in order, as they take effect. */
  public final List<Element> operations = new ArrayList<>();

  /** Capacity it takes. */
  public final Map<String, Integer> utilization = new TreeMap<>();

  /** Nodes of which it is known whether it is active there, and in what role it was probed. */
  public final Map<PolicyNode, Role> knownOn = new LinkedHashMap<>();

  /** What each node remembers of it. */
  public final Map<PolicyNode, NodeHistory> histories = new LinkedHashMap<>();

  /** The id under which histories speak of it, null when no history does. */
  public @Nullable String historyId;

  /** Its failure is cured by stopping it; false when it is to be demoted, or left alone. */
  public boolean stopIfFailed;

  /** Nodes where a failure demands that it is stopped, or demoted, whatever else is decided. */
  public final List<PolicyNode> mustStopOn = new ArrayList<>(0);

  public final List<PolicyNode> mustDemoteOn = new ArrayList<>(0);

  /** Exit codes of probes that found no agent, or no use for its parameters, on a node. */
  public final Map<PolicyNode, Integer> failedProbes = new LinkedHashMap<>(0);

  /**
   * Nodes where all that makes it active is a probe that could not tell, or from where it was sent
   * to a node that is lost.
   */
  public final Set<PolicyNode> doubtfulOn = new LinkedHashSet<>(0);

  /** Its failures have no consequence (on-fail=ignore was hit). */
  public boolean ignoreFailure;

  /** The node where an operation on it is under way, and what, such as "Starting", "Monitoring". */
  public @Nullable PolicyNode pendingNode;

  public @Nullable String pendingTask;

  /** A start is under way where it runs. */
  public boolean startPending;

  /** An unexpected instance must be stopped only there (multiple-active=stop_unexpected). */
  public boolean stopUnexpected;

  /** A live migration that began and did not end: from where and to where. */
  public @Nullable PolicyNode partialMigrationSource;

  public @Nullable PolicyNode partialMigrationTarget;

  /** Nodes where a migration left something that must be stopped before anything else. */
  public final List<PolicyNode> danglingMigrations = new ArrayList<>();

  /** The resource this one runs inside of (meta attribute container, guests, bundles). */
  public @Nullable PrimitiveResource container;

  /** Resources inside this one. */
  public final List<PrimitiveResource> fillers = new ArrayList<>();

  /** A connection to a remote or guest node: that node. */
  public @Nullable PolicyNode remoteNode;

  /** Milliseconds to wait after a failed connection before the next (reconnect_interval). */
  public long reconnectIntervalMs;

  /** Left behind where a container used to be. */
  public boolean removedFiller;

  /** The node that holds it while that node is shut down (shutdown-lock), and since when. */
  public @Nullable PolicyNode lockNode;

  public long lockSince;

  /** Nodes whose lock on it has lasted too long: their history of it is to be deleted. */
  public final List<PolicyNode> expiredLocks = new ArrayList<>(0);

  /**
   * Why the running instance must be replaced, as its definition changed; null when it need not.
   */
  public @Nullable String definitionChanged;

  /** Its agent takes the changed parameters without a restart. */
  public boolean reload;

  /** A promotion score for each node, from the attributes; filled by placement. */
  public int promotionScore;

  /** Sum of live instances to tell the order of promotion; filled by placement. */
  public int sortIndex;

  /** What must be given before it is started. */
  public enum Requires {
    NOTHING,
    QUORUM,
    FENCING,
    UNFENCING
  }

  /** What is done when it is found active more than once. */
  public enum MultipleActive {
    BLOCK,
    STOP_ONLY,
    STOP_START,
    STOP_UNEXPECTED
  }

  public PrimitiveResource(
      String id,
      String configuredId,
      Element element,
      @Nullable CollectiveResource parent,
      String agentClass,
      String provider,
      String type,
      int nodeCount) {
    super(id, configuredId, element, parent, nodeCount);
    this.agentClass = agentClass;
    this.provider = provider;
    this.type = type;
  }

  @Override
  public List<PrimitiveResource> members() {
    return List.of();
  }

  /** Notes a failure that a stop cures. */
  public void failAndStop() {
    failed = true;
    stopIfFailed = true;
  }

  public boolean isFencingDevice() {
    return agentClass.equals("stonith");
  }

  /** A connection to a remote node or guest (class ocf, provider pacemaker, type remote). */
  public boolean isConnection() {
    return remoteNode != null;
  }
}
