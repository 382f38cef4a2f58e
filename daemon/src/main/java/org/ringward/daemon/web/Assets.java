package org.ringward.daemon.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, which the build puts beside this class: page/files.txt names them. A build
 * without npm has none; then one line says so.
 */
final class Assets {
  private static final String FOLDER = "page/";
  private static final String NOT_BUILT =
      """
      <!doctype html>
      <html lang="en"><meta charset="utf-8"><title>Ringward</title>
      <p>The page was not built: npm was missing where this Ringward was built. Metrics (/metrics), \
      health (/health/live, /health/quorate, /health/coordinator, /health/resource/NAME) and data \
      (/api/status and others) are served.</p></html>
      """;

  private final Map<String, File> files;

  /**
   * One file.
   *
   * @param compressed the same by gzip
   * @param tag changes with the content, in double quotes
   */
  record File(String type, byte[] bytes, byte[] compressed, String tag) {}

  private Assets(Map<String, File> files) {
    this.files = files;
  }

  /** Those that were built. */
  static Assets load() {
    Map<String, File> files = new TreeMap<>();
    byte[] list = read("files.txt");
    if (list == null) {
      files.put("/", file("index.html", NOT_BUILT.getBytes(StandardCharsets.UTF_8)));
      return new Assets(files);
    }
    for (String name : new String(list, StandardCharsets.UTF_8).split("\\n", -1)) {
      byte[] bytes = name.isBlank() ? null : read(name);
      if (bytes != null) {
        files.put(name.equals("index.html") ? "/" : "/" + name, file(name, bytes));
      }
    }
    return new Assets(files);
  }

  private static byte @Nullable [] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static File file(String name, byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    String tag = "\"" + Long.toHexString(sum.getValue()) + "-" + bytes.length + "\"";
    return new File(type(name), bytes, compressed(bytes), tag);
  }

  private static byte[] compressed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "txt" -> "text/plain; charset=utf-8";
      default -> "application/octet-stream";
    };
  }

  /** The file of a path, null when there is none. */
  @Nullable File file(String path) {
    return files.get(path);
  }
}
