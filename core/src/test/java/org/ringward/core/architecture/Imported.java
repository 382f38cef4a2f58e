package org.ringward.core.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;

/** What the rules are checked on. */
final class Imported {
  private static final JavaClasses CORE =
      new ClassFileImporter().importPath(root().resolve("core/target/classes"));

  private Imported() {}

  /** The compiled main classes of core. */
  static JavaClasses core() {
    return CORE;
  }

  /** The root of the repository. */
  static Path root() {
    return Path.of(System.getProperty("ringward.root"));
  }
}
