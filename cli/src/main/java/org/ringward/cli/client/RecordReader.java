package org.ringward.cli.client;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON objects as records, members by the names of the components; unknown members are passed
 * over, missing ones are null, 0, false or empty lists. Only Jackson's streaming layer: its data
 * binding needs more time to get ready than everything else that a short command does.
 */
final class RecordReader {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser json;

  /** The JSON does not have the form that was expected; the message is a part of a sentence. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  /** What a body reads. */
  interface Body<T> {
    T read(RecordReader reader) throws Malformed;
  }

  private RecordReader(JsonParser json) {
    this.json = json;
  }

  /**
   * What the body reads from these bytes, whose first token is the current one.
   *
   * @throws tools.jackson.core.JacksonException when they are no JSON
   */
  static <T> T read(byte[] bytes, Body<T> body) throws Malformed {
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      json.nextToken();
      return body.read(new RecordReader(json));
    }
  }

  /**
   * The next member's name of the object that is open, whose value is then current; null at its
   * end.
   */
  @Nullable String member() throws Malformed {
    JsonToken token = json.nextToken();
    if (token == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      return name;
    }
    if (token != JsonToken.END_OBJECT) {
      throw new Malformed("an object does not end");
    }
    return null;
  }

  void expectObject() throws Malformed {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new Malformed("an object was expected");
    }
  }

  boolean isNull() {
    return json.currentToken() == JsonToken.VALUE_NULL;
  }

  void skip() {
    json.skipChildren();
  }

  /** The value as that type: text, number, boolean, enum constant, list, map by texts, record. */
  @Nullable Object value(Type type) throws Malformed {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return type instanceof Class<?> raw ? nothing(raw) : null;
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? list(arguments[0])
          : map((Class<?>) generic.getRawType(), arguments[1]);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == String.class) {
      expect(JsonToken.VALUE_STRING, "a text");
      return json.getString();
    }
    if (raw.isRecord()) {
      return record(raw.asSubclass(Record.class));
    }
    return raw.isEnum() ? constant(raw) : simple(raw);
  }

  private Object simple(Class<?> type) throws Malformed {
    if (type == boolean.class || type == Boolean.class) {
      return json.getBooleanValue();
    }
    if (!json.currentToken().isNumeric()) {
      throw new Malformed("a number was expected");
    }
    if (type == int.class || type == Integer.class) {
      return json.getIntValue();
    }
    if (type == long.class || type == Long.class) {
      return json.getLongValue();
    }
    if (type == double.class || type == Double.class) {
      return json.getDoubleValue();
    }
    throw new IllegalStateException("no JSON for " + type);
  }

  private Object constant(Class<?> type) throws Malformed {
    expect(JsonToken.VALUE_STRING, "a text");
    String name = json.getString();
    for (Object each : type.getEnumConstants()) {
      if (((Enum<?>) each).name().equals(name)) {
        return each;
      }
    }
    throw new Malformed("\"%s\" is not known here".formatted(name));
  }

  private List<@Nullable Object> list(Type type) throws Malformed {
    expect(JsonToken.START_ARRAY, "a list");
    List<@Nullable Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(type));
    }
    return list;
  }

  private Map<String, @Nullable Object> map(Class<?> kind, Type type) throws Malformed {
    expectObject();
    Map<String, @Nullable Object> map = kind == Map.class ? new LinkedHashMap<>() : new TreeMap<>();
    for (String name = member(); name != null; name = member()) {
      map.put(name, value(type));
    }
    return map;
  }

  /** The record that begins here. */
  private <T extends Record> T record(Class<T> type) throws Malformed {
    expectObject();
    return rest(type);
  }

  /** The record whose object is open already. */
  <T> T rest(Class<T> type) throws Malformed {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int at = 0; at < components.length; at++) {
      types[at] = components[at].getType();
      values[at] = nothing(types[at]);
    }
    int next = 0;
    for (String name = member(); name != null; name = member()) {
      int at = find(components, name, next);
      if (at < 0) {
        skip();
      } else {
        values[at] = value(components[at].getGenericType());
        next = at + 1;
      }
    }
    return make(type, types, values);
  }

  /** Members usually come in the order of the components. */
  private static int find(RecordComponent[] components, String name, int guess) {
    if (guess < components.length && components[guess].getName().equals(name)) {
      return guess;
    }
    for (int at = 0; at < components.length; at++) {
      if (components[at].getName().equals(name)) {
        return at;
      }
    }
    return -1;
  }

  private static <T> T make(Class<T> type, Class<?>[] types, @Nullable Object[] values)
      throws Malformed {
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException exception) {
      throw new Malformed("a part of " + type.getSimpleName() + " is missing");
    } catch (ReflectiveOperationException exception) {
      throw new IllegalStateException(exception);
    }
  }

  /** What a member that is missing is. */
  private static @Nullable Object nothing(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type == long.class) {
      return 0L;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == double.class) {
      return 0.0;
    }
    return type == List.class ? List.of() : null;
  }

  private void expect(JsonToken token, String what) throws Malformed {
    if (json.currentToken() != token) {
      throw new Malformed(what + " was expected");
    }
  }
}
