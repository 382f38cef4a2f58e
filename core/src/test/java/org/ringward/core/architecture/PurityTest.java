package org.ringward.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Core is pure and deterministic: nothing from outside comes in but through its ports, and the same
 * inputs give the same outputs in every JVM.
 */
class PurityTest {
  /** All that core may use of others; everything else is forbidden. */
  private static final Pattern ALLOWED_PACKAGES =
      Pattern.compile(
          "org\\.ringward\\.core\\..*|org\\.jspecify\\..*|java\\.lang(\\.(annotation|invoke|runtime))?"
              + "|java\\.util(\\.(function|regex|stream))?|java\\.nio(\\.charset)?|java\\.math"
              + "|java\\.io|java\\.text|java\\.time(\\..*)?|java\\.security|javax\\.crypto(\\..*)?"
              + "|javax\\.xml(\\..*)?|org\\.xml\\.sax(\\..*)?");

  /** The YAML parser, which works on text, serves those who read files' texts. */
  private static final Pattern YAML = Pattern.compile("org\\.snakeyaml\\.engine\\..*");

  private static final Pattern YAML_READERS =
      Pattern.compile("org\\.ringward\\.core\\.(cib|config)(\\..*)?");

  /** Of the allowed packages, the classes that reach outside or that iterate in no order. */
  private static final Set<String> FORBIDDEN_CLASSES =
      Set.of(
          "java.lang.Thread",
          "java.lang.ThreadGroup",
          "java.lang.ThreadLocal",
          "java.lang.Runtime",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.ProcessHandle",
          "java.io.Console",
          "java.io.File",
          "java.io.FileDescriptor",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.FileReader",
          "java.io.FileWriter",
          "java.io.RandomAccessFile",
          "java.io.PrintStream",
          "java.nio.MappedByteBuffer",
          "java.security.SecureRandom",
          "java.time.Clock",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.Hashtable",
          "java.util.WeakHashMap",
          "java.util.Properties",
          "java.util.Random",
          "java.util.Scanner",
          "java.util.SplittableRandom",
          "java.util.ServiceLoader",
          "java.util.Timer",
          "java.util.TimerTask");

  /** CLASS.METHOD, with (PARAMETERS) where only that form is forbidden. */
  private static final Set<String> FORBIDDEN_METHODS =
      Set.of(
          "java.lang.Math.random",
          "java.lang.StrictMath.random",
          "java.lang.Object.hashCode",
          "java.lang.Object.wait",
          "java.lang.Object.notify",
          "java.lang.Object.notifyAll",
          "java.lang.String.getBytes()",
          "java.lang.String.<init>(byte[])",
          "java.lang.String.<init>(byte[],int,int)",
          "java.lang.String.toLowerCase()",
          "java.lang.String.toUpperCase()",
          "java.nio.charset.Charset.defaultCharset",
          "java.nio.ByteBuffer.allocateDirect",
          "java.util.Locale.getDefault",
          "java.util.TimeZone.getDefault",
          "java.util.UUID.randomUUID",
          "java.util.Collection.parallelStream",
          "java.util.stream.BaseStream.parallel",
          "java.util.stream.Stream.parallel",
          "java.util.stream.IntStream.parallel",
          "java.util.stream.Collectors.toSet",
          "java.util.stream.Collectors.toUnmodifiableSet",
          "java.util.stream.Collectors.toUnmodifiableMap",
          "java.util.stream.Collectors.toMap(Function,Function)",
          "java.util.stream.Collectors.toMap(Function,Function,BinaryOperator)",
          "java.util.stream.Collectors.groupingBy(Function)",
          "java.util.stream.Collectors.groupingBy(Function,Collector)",
          "java.util.stream.Collectors.groupingByConcurrent",
          "java.util.IdentityHashMap.entrySet",
          "java.util.IdentityHashMap.forEach",
          "java.util.IdentityHashMap.keySet",
          "java.util.IdentityHashMap.values",
          "java.util.Set.copyOf",
          "java.util.Map.copyOf",
          "java.util.Map.ofEntries");

  /** With at least one element they iterate differently at each start of a JVM. */
  private static final Pattern UNORDERED =
      Pattern.compile("java\\.util\\.(Set\\.of\\(.+\\)|Map\\.of\\(.+\\))");

  /** CLASS METHOD of uses that are harmless, each for a reason. */
  private static final Set<String> EXCUSED =
      Set.of(
          // Tables that are asked and never iterated.
          "org.ringward.core.cib.Vocabulary java.util.Map.ofEntries",
          "org.ringward.core.cib.SchemaUpgrade java.util.Map.ofEntries",
          "org.ringward.core.cib.BundleChecks java.util.Map.ofEntries",
          "org.ringward.core.cib.YamlForm java.util.Map.of",
          "org.ringward.core.policy.facts.OptionFacts java.util.Map.of",
          // Poured into a sorted map at once.
          "org.ringward.core.agent.AgentEnvironment java.util.Map.of");

  /** All that core may ask of the system. */
  private static final Set<String> SYSTEM = Set.of("arraycopy");

  private final JavaClasses core = Imported.core();

  @Test
  void nothingFromOutside() {
    assertThat(violations(core)).isEmpty();
  }

  /** The rules find what they are for. */
  @Test
  void rulesBite() {
    JavaClasses impure = new ClassFileImporter().importClasses(Impure.class);
    assertThat(violations(impure).stream().map(each -> each.replaceFirst(" .*", "")).distinct())
        .containsExactlyInAnyOrder(
            "java.lang.String.toLowerCase()",
            "java.lang.System.nanoTime",
            "java.time.Instant.now",
            "java.util.HashSet",
            "java.util.Set.of(Object,Object)",
            "java.util.concurrent.CompletableFuture",
            "java.util.stream.Collectors.toSet");
  }

  private static Set<String> violations(JavaClasses classes) {
    Set<String> violations = new TreeSet<>();
    for (JavaClass each : classes) {
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!target.isPrimitive() && !allowed(each, target)) {
          violations.add(target.getName() + " in " + dependency.getDescription());
        }
      }
      for (JavaAccess<?> access : each.getAccessesFromSelf()) {
        String forbidden = forbiddenAccess(access);
        String excuse = each.getName() + " " + forbidden.replaceFirst("\\(.*", "");
        if (!forbidden.isEmpty() && !EXCUSED.contains(excuse)) {
          violations.add(forbidden + " in " + access.getDescription());
        }
      }
    }
    return violations;
  }

  private static boolean allowed(JavaClass from, JavaClass target) {
    if (YAML.matcher(target.getPackageName()).matches()) {
      return YAML_READERS.matcher(from.getPackageName()).matches();
    }
    return ALLOWED_PACKAGES.matcher(target.getPackageName()).matches()
        && !FORBIDDEN_CLASSES.contains(target.getName());
  }

  /** The forbidden thing that is called, empty when it is none. */
  private static String forbiddenAccess(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String method = access.getTarget().getName();
    String name = owner + "." + method;
    String full = name + parameters(access);
    if (owner.startsWith("java.time.") && method.equals("now")) {
      return name;
    }
    if (owner.equals("java.lang.System") && !SYSTEM.contains(method)) {
      return name;
    }
    if (name.equals("java.time.ZoneId.systemDefault") || FORBIDDEN_METHODS.contains(name)) {
      return name;
    }
    return FORBIDDEN_METHODS.contains(full) || UNORDERED.matcher(full).matches() ? full : "";
  }

  private static String parameters(JavaAccess<?> access) {
    if (access.getTarget() instanceof CodeUnitAccessTarget target) {
      return target.getRawParameterTypes().stream()
          .map(JavaClass::getSimpleName)
          .collect(Collectors.joining(",", "(", ")"));
    }
    return "";
  }

  /** What a careless hand could write. */
  @SuppressWarnings("unused")
  private static final class Impure {
    private final CompletableFuture<String> later = new CompletableFuture<>();

    long careless(List<String> names) {
      Set<String> unordered = new HashSet<>(Set.of("a", "b"));
      unordered.addAll(names.stream().collect(Collectors.toSet()));
      String word = "A".toLowerCase() + "B".toLowerCase(Locale.ROOT);
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      return System.nanoTime() + Instant.now().getNano() + bytes.length;
    }
  }
}
