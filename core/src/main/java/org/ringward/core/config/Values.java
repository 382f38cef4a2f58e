package org.ringward.core.config;

import org.ringward.core.base.OperatorException;

/** The settings of one section of a file, whatever the file's form; each has a default. */
interface Values {
  /** Whether the file says something about it. */
  boolean has(Setting setting);

  /** The value, checked, or the default. */
  String text(Setting setting);

  int number(Setting setting);

  boolean yes(Setting setting);

  /** A complaint that names file and line of the setting, or of its section without one. */
  OperatorException refuse(Setting setting, String sentence);

  /** What the setting is called in this file, with its section. */
  String name(Setting setting);
}
