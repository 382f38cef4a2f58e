package org.ringward.daemon.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.SavedConfiguration;
import org.ringward.daemon.json.RecordJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The configurations that were in force, each in a file of its own as JSON; the names sort in the
 * order in which they were written. The oldest go when there are more than {@value #FILES_MOST} or
 * they take more than 16 MiB together.
 */
public final class ConfigurationFiles {
  private static final int FILES_MOST = 50;
  private static final long BYTES_MOST = 64L * 1024 * 1024;
  private static final long BYTES_TOGETHER_MOST = 16L * 1024 * 1024;
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Path folder;
  private long next = 1;

  public ConfigurationFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * What is there, oldest first; damaged files are left out, because a node starts without its
   * history rather than not at all.
   */
  public List<SavedConfiguration> read() {
    List<SavedConfiguration> saved = new ArrayList<>();
    for (Path each : files()) {
      SavedConfiguration one = read(each);
      if (one != null) {
        saved.add(one);
      }
      next = number(each) + 1;
    }
    return saved;
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "[0-9]*.json")) {
      found.forEach(files::add);
    } catch (IOException e) {
      return List.of();
    }
    Collections.sort(files);
    return files;
  }

  private static long number(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("[.]json$", "");
    return name.matches("[0-9]{1,12}") ? Long.parseLong(name) : 0;
  }

  private static @Nullable SavedConfiguration read(Path file) {
    Map<String, String> found = new LinkedHashMap<>();
    try {
      if (Files.size(file) > BYTES_MOST) {
        return null;
      }
      byte[] bytes = Files.readAllBytes(file);
      try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          return null;
        }
        for (String name = json.nextName(); name != null; name = json.nextName()) {
          json.nextToken();
          found.put(name, json.getString());
        }
      }
      return new SavedConfiguration(
          text(found, "version"),
          Long.parseLong(text(found, "wallMillis")),
          text(found, "author"),
          text(found, "what"),
          text(found, "reason"),
          text(found, "xml"));
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      return null;
    }
  }

  private static String text(Map<String, String> found, String name) {
    String value = found.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  /** Adds one, whole or not at all. */
  void write(SavedConfiguration saved) throws IOException {
    Files.createDirectories(folder);
    byte[] json = RecordJson.bytes(generator -> RecordJson.value(generator, saved));
    Path target = folder.resolve("%012d.json".formatted(next++));
    Path fresh = folder.resolve("new");
    Files.write(
        fresh, (new String(json, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8));
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forget(files().reversed());
  }

  /**
   * @param latest the files, the latest first, which stays in any case
   */
  private static void forget(List<Path> latest) throws IOException {
    long together = 0;
    for (int i = 0; i < latest.size(); i++) {
      together += Files.size(latest.get(i));
      if (i > 0 && (i >= FILES_MOST || together > BYTES_TOGETHER_MOST)) {
        Files.deleteIfExists(latest.get(i));
      }
    }
  }
}
