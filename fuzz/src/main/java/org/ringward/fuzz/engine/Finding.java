package org.ringward.fuzz.engine;

import java.util.List;

/**
 * Something that must not happen.
 *
 * @param signature the same for what is probably the same fault
 * @param inputs those since the last beginning
 */
public record Finding(String target, String signature, Throwable thrown, List<byte[]> inputs) {
  private static final int FRAMES = 3;
  private static final String OURS = "org.ringward.";
  private static final String ENGINE = Finding.class.getPackageName();

  /** What was thrown, and where in our code. */
  static String signature(Throwable thrown) {
    StringBuilder text = new StringBuilder(thrown.getClass().getSimpleName());
    int frames = 0;
    for (StackTraceElement each : thrown.getStackTrace()) {
      String name = each.getClassName();
      if (name.startsWith(OURS) && !name.startsWith(ENGINE) && frames++ < FRAMES) {
        String simple = name.substring(name.lastIndexOf('.') + 1);
        text.append(" at ").append(simple).append('.').append(each.getMethodName());
        text.append(':').append(each.getLineNumber());
      }
    }
    return text.toString();
  }
}
