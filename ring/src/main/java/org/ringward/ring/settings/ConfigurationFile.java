package org.ringward.ring.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.CorosyncConf;
import org.ringward.core.config.CorosyncConf.Reading;
import org.ringward.core.config.CorosyncConf.TextFile;
import org.ringward.core.config.InlineKey;
import org.ringward.core.config.MachineNames;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.ring.store.KeyFile;

/** A node file or a corosync.conf; which of the two it is, is told by its content. */
public final class ConfigurationFile {
  private static final long MOST_BYTES = 16 << 20;

  private ConfigurationFile() {}

  /**
   * The settings in the file and what had no effect, on this machine.
   *
   * @throws OperatorException naming file, line, key, what was found and what is allowed
   */
  public static Reading read(Path file) {
    return read(file, new LocalMachine());
  }

  /** The same on another machine. */
  public static Reading read(Path file, MachineNames machine) {
    byte[] bytes = bytes(file);
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!CorosyncConf.isOne(latin)) {
      NodeSettings settings =
          NodeSettingsYaml.read(file.toString(), utf8(file, bytes), machine.hostName());
      return new Reading(settings, List.of());
    }
    return CorosyncConf.read(file.toString(), text(bytes, latin), uidGid(file), machine);
  }

  /**
   * The shared key that the settings speak of; without a byte when they need none.
   *
   * @throws OperatorException when the key file is missing, open to others, too short or too long
   */
  public static byte[] key(NodeSettings settings) {
    InlineKey inline = settings.inlineKey();
    if (!settings.needsKey()) {
      return new byte[0];
    }
    return inline != null ? inline.bytes() : KeyFile.read(Path.of(settings.paths().keyFile()));
  }

  private static byte[] bytes(Path file) {
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        String sentence = "configuration file " + file + " has " + size + " bytes; at most ";
        throw new OperatorException(ExitCode.CONFIGURATION, sentence + MOST_BYTES + " are allowed");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      String sentence = "configuration file " + file + " does not exist";
      throw new OperatorException(ExitCode.NO_INPUT, sentence);
    } catch (IOException e) {
      String sentence = "configuration file " + file + " cannot be read: " + FileTrouble.reason(e);
      throw new OperatorException(ExitCode.NO_INPUT, sentence);
    }
  }

  private static String utf8(Path file, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      String sentence = "configuration file " + file + " is not UTF-8";
      throw new OperatorException(ExitCode.CONFIGURATION, sentence);
    }
  }

  /** Corosync takes bytes as they are; most files are UTF-8. */
  private static String text(byte[] bytes, String latin) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      return latin;
    }
  }

  private static List<TextFile> uidGid(Path file) {
    Path folder = file.toAbsolutePath().resolveSibling("uidgid.d");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<TextFile> files = new ArrayList<>();
    try (Stream<Path> list = Files.list(folder)) {
      for (Path each : list.filter(Files::isRegularFile).sorted().toList()) {
        byte[] bytes = bytes(each);
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        files.add(new TextFile(each.toString(), text(bytes, latin)));
      }
    } catch (IOException e) {
      throw new OperatorException(
          ExitCode.NO_INPUT, "folder " + folder + " cannot be read: " + FileTrouble.reason(e));
    }
    return files;
  }
}
