package org.ringward.core.lease;

import java.util.regex.Pattern;

/** Names of resources: short, and harmless wherever they are shown. */
public final class LeaseNames {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/@+-]{1,128}");

  private LeaseNames() {}

  /** What is wrong with a name, empty when nothing is. */
  public static String objection(String name) {
    return NAME.matcher(name).matches()
        ? ""
        : "a resource's name has 1 to 128 letters, digits and . _ : / @ + -";
  }
}
