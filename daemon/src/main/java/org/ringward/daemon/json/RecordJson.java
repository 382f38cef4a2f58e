package org.ringward.daemon.json;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes records as JSON objects, components in their order. Only Jackson's streaming layer: its
 * data binding would take a quarter of a second at the daemon's start.
 */
public final class RecordJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private RecordJson() {}

  /** Writes JSON to a generator. */
  public interface Body {
    void write(JsonGenerator json);
  }

  /** The UTF-8 bytes of what the body writes. */
  public static byte[] bytes(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      body.write(json);
    }
    return bytes.toByteArray();
  }

  /** Writes the components of a record into the open object. */
  public static void components(JsonGenerator json, Record record) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      json.writeName(component.getName());
      value(json, read(component, record));
    }
  }

  private static @Nullable Object read(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  /**
   * Writes a record, list, map with texts as keys, text, number, boolean, enum constant or null.
   */
  public static void value(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Boolean truth -> json.writeBoolean(truth);
      case Enum<?> constant -> json.writeString(constant.name());
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(each -> value(json, each));
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach((name, each) -> {
          json.writeName(String.valueOf(name));
          value(json, each);
        });
        json.writeEndObject();
      }
      case Record record -> {
        json.writeStartObject();
        components(json, record);
        json.writeEndObject();
      }
      default -> throw new IllegalStateException("no JSON for " + value.getClass());
    }
  }
}
