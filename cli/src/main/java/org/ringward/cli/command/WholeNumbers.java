package org.ringward.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers; what an option allows of them, its command checks. */
final class WholeNumbers implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String value) {
    try {
      return Integer.valueOf(value);
    } catch (NumberFormatException _) {
      throw new TypeConversionException(
          "'" + value + "' is not a whole number of at most " + Integer.MAX_VALUE);
    }
  }
}
