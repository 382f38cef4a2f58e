package org.ringward.cli.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.ring.settings.FileTrouble;
import org.tukaani.xz.XZInputStream;

/** A saved CIB, compressed or not: the first bytes tell. */
final class CibFile {
  /** As much as the reader takes; a small file may unpack to any size. */
  private static final int SIZE_MAX = 64 * 1024 * 1024;

  private static final int XZ_MEMORY_KIB = 128 * 1024;

  private CibFile() {}

  /** Reads a file, or standard input for "-". */
  static Cib read(String file, Environment environment) {
    String name = file.equals("-") ? "standard input" : file;
    try (InputStream input =
        file.equals("-") ? environment.input() : Files.newInputStream(Path.of(file))) {
      byte[] bytes = input.readNBytes(SIZE_MAX + 1);
      return CibXml.read(name, unpacked(name, bytes));
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.NO_INPUT,
          "%s cannot be read (%s).".formatted(file, FileTrouble.reason(exception)));
    }
  }

  private static byte[] unpacked(String name, byte[] bytes) {
    try (InputStream input = decoder(bytes)) {
      if (input == null) {
        return bytes;
      }
      byte[] unpacked = input.readNBytes(SIZE_MAX + 1);
      if (unpacked.length > SIZE_MAX) {
        throw new OperatorException(
            ExitCode.DATA_ERROR,
            "%s unpacks to more than %d MiB.".formatted(name, SIZE_MAX / 1024 / 1024));
      }
      return unpacked;
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.DATA_ERROR,
          "%s cannot be unpacked (%s).".formatted(name, exception.getMessage()));
    }
  }

  private static @Nullable InputStream decoder(byte[] bytes) throws IOException {
    InputStream packed = new ByteArrayInputStream(bytes);
    if (begins(bytes, 0x1f, 0x8b)) {
      return new GZIPInputStream(packed);
    }
    if (begins(bytes, 'B', 'Z', 'h')) {
      return new BZip2CompressorInputStream(packed, true);
    }
    if (begins(bytes, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      return new XZInputStream(packed, XZ_MEMORY_KIB);
    }
    return null;
  }

  private static boolean begins(byte[] bytes, int... start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
