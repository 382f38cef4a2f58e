package org.ringward.core.fence;

/** On whose behalf a fence agent runs. */
sealed interface Caller permits FenceRun, MetadataFetch {}
