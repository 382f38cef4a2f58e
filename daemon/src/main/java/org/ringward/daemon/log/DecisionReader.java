package org.ringward.daemon.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Decision;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads back what {@link DecisionFile} has written; lines that are damaged are left out. */
public final class DecisionReader {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** The last lines of a long file are at most so long together. */
  private static final long TAIL_BYTES = 2L * 1024 * 1024;

  private DecisionReader() {}

  /**
   * The latest records of a file and of the one before it, oldest first; none where there is no
   * file or it cannot be read: a node starts without its story rather than not at all.
   */
  public static List<Decision> latest(Path file, int most) {
    Deque<Decision> latest = new ArrayDeque<>();
    for (Path each : List.of(file.resolveSibling(file.getFileName() + ".1"), file)) {
      for (String line : tail(each)) {
        Decision decision = read(line);
        if (decision != null) {
          latest.addLast(decision);
        }
        if (latest.size() > most) {
          latest.removeFirst();
        }
      }
    }
    return List.copyOf(latest);
  }

  private static List<String> tail(Path file) {
    if (!Files.isReadable(file)) {
      return List.of();
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(Math.max(0, channel.size() - TAIL_BYTES));
      byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, channel.size())];
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // a file is read to its end or until the buffer is full
      }
      return new String(bytes, 0, buffer.position(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static @Nullable Decision read(String line) {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Map<String, Object> found = new LinkedHashMap<>();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        found.put(name, value(json));
      }
      return decision(found);
    } catch (JacksonException | IllegalArgumentException | ClassCastException e) {
      return null;
    }
  }

  private static Object value(JsonParser json) {
    return switch (json.nextToken()) {
      case VALUE_STRING -> json.getString();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case START_ARRAY -> texts(json);
      case START_OBJECT -> facts(json);
      default -> throw new IllegalArgumentException("a decision has no such value");
    };
  }

  private static List<String> texts(JsonParser json) {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      texts.add(json.getString());
    }
    return texts;
  }

  private static Map<String, String> facts(JsonParser json) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      facts.put(name, json.getString());
    }
    return facts;
  }

  @SuppressWarnings("unchecked") // value() makes lists and maps of texts only
  private static Decision decision(Map<String, Object> found) {
    return new Decision(
        (Long) found.getOrDefault("wallMillis", 0L),
        (String) found.getOrDefault("node", ""),
        Decision.Kind.valueOf((String) found.getOrDefault("kind", "")),
        (String) found.getOrDefault("subject", ""),
        (String) found.getOrDefault("what", ""),
        (List<String>) found.getOrDefault("why", List.of()),
        (List<String>) found.getOrDefault("rejected", List.of()),
        (String) found.getOrDefault("clock", ""),
        (Map<String, String>) found.getOrDefault("facts", Map.of()));
  }
}
