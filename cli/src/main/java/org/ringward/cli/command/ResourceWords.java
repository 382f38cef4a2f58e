package org.ringward.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.NewResource.WantedOperation;

/**
 * What stands behind {@code resource create} and {@code resource update}, as pcs and crm have it:
 * parameters, then parts that begin with op, meta, clone, promotable or group.
 */
final class ResourceWords {
  final Map<String, String> parameters = new LinkedHashMap<>();
  final Map<String, String> meta = new LinkedHashMap<>();
  final List<WantedOperation> operations = new ArrayList<>();
  final Map<String, String> cloneMeta = new LinkedHashMap<>();
  @Nullable String clone;
  @Nullable String group;
  @Nullable String before;
  @Nullable String after;

  ResourceWords(List<String> typed) {
    Words words = new Words(typed);
    parameters.putAll(words.pairs());
    while (words.hasNext()) {
      part(words, words.next("a word"));
    }
  }

  private void part(Words words, String key) {
    switch (key) {
      case "params" -> parameters.putAll(words.pairs());
      case "meta" -> meta.putAll(words.pairs());
      case "op", "operations" -> operations(words);
      case "clone" -> clone(words);
      case "promotable" -> {
        clone(words);
        cloneMeta.putIfAbsent("promotable", "true");
      }
      case "group" -> group = words.next("the group's name");
      case "before" -> before = words.next("the member's name");
      case "after" -> after = words.next("the member's name");
      default ->
          throw new OperatorException(
              ExitCode.USAGE,
              "'%s' is not understood here; write NAME=VALUE for a parameter, or one of op, meta, clone, promotable and group with what belongs to it."
                  .formatted(key));
    }
  }

  private void clone(Words words) {
    boolean named = words.hasNext() && !String.valueOf(words.peek()).contains("=") && !isKey(words);
    clone = named ? words.next("the clone's name") : "";
    words.took("meta");
    cloneMeta.putAll(words.pairs());
  }

  private static boolean isKey(Words words) {
    return List.of("op", "meta", "params", "operations", "group", "before", "after")
        .contains(words.peek());
  }

  private void operations(Words words) {
    do {
      operations.add(new WantedOperation(words.next("the operation's name"), words.pairs()));
    } while (words.hasNext() && !isKey(words) && !isClone(words));
  }

  private static boolean isClone(Words words) {
    return "clone".equals(words.peek()) || "promotable".equals(words.peek());
  }
}
