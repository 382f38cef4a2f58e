package org.ringward.cli.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.ring.settings.FileTrouble;

/**
 * A configuration that somebody wrote.
 *
 * @param file its name for messages
 * @param format yaml or xml
 * @param text the whole of it
 */
record Document(String file, String format, String text) {
  /** Reads a file, or standard input for "-". The name's ending tells the form, else the text. */
  static Document read(String file, Environment environment) {
    String text;
    try {
      byte[] bytes =
          file.equals("-") ? environment.input().readAllBytes() : Files.readAllBytes(Path.of(file));
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException _) {
      throw new OperatorException(ExitCode.NO_INPUT, "There is no file %s.".formatted(file));
    } catch (CharacterCodingException _) {
      throw new OperatorException(ExitCode.DATA_ERROR, "%s is not UTF-8 text.".formatted(file));
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.NO_INPUT,
          "%s cannot be read (%s).".formatted(file, FileTrouble.reason(exception)));
    }
    return new Document(file.equals("-") ? "standard input" : file, format(file, text), text);
  }

  private static String format(String file, String text) {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".xml") || name.endsWith(".yaml") || name.endsWith(".yml")) {
      return name.endsWith(".xml") ? "xml" : "yaml";
    }
    return text.stripLeading().startsWith("<") ? "xml" : "yaml";
  }
}
