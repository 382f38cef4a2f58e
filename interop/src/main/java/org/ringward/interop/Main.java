package org.ringward.interop;

import java.nio.file.Path;
import org.ringward.interop.lab.LabException;
import org.ringward.interop.scenario.Runner;

/** Entry of tools/interop. */
public final class Main {
  private Main() {}

  /** See {@link Runner}. */
  public static void main(String[] arguments) {
    int code;
    try {
      code = new Runner(Path.of(System.getProperty("ringward.root", "."))).run(arguments);
    } catch (LabException e) {
      System.out.println("FAILED " + e.getMessage());
      code = 1;
    }
    System.exit(code);
  }
}
