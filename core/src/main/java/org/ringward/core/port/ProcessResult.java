package org.ringward.core.port;

import org.jspecify.annotations.Nullable;

/**
 * How a program ended.
 *
 * @param exitCode exit status, 128 + signal when a signal ended it, -1 when it could not be started
 * @param output what it wrote to standard output (bounded, oldest dropped)
 * @param errors what it wrote to standard error (bounded, oldest dropped)
 * @param startError why it could not be started, null when it ran
 */
public record ProcessResult(
    int exitCode, String output, String errors, @Nullable String startError) {}
