package org.ringward.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The sources of all modules stay readable: small files, small methods, packages that say why. */
class TidyTest {
  private static final int FILE_LINES_MAX = 800;
  private static final int METHOD_LINES_MAX = 70;
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME)\\b|@author");
  private static final List<String> MODULES =
      List.of("core", "client", "ring", "daemon", "sim", "cli");

  @Test
  void filesAreShort() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : sources()) {
      int lines = Files.readAllLines(file).size();
      if (lines > FILE_LINES_MAX) {
        wrong.add("%s has %d lines, at most %d".formatted(name(file), lines, FILE_LINES_MAX));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void methodsAreShort() throws IOException {
    assertThat(longMethods(sources(), METHOD_LINES_MAX)).isEmpty();
  }

  /** This very method is longer than one line. */
  @Test
  void longMethodsAreFound() throws IOException {
    Path here =
        Imported.root().resolve("core/src/test/java/org/ringward/core/architecture/TidyTest.java");
    assertThat(longMethods(List.of(here), 1))
        .anyMatch(each -> each.contains("longMethodsAreFound"));
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    TreeSet<String> silent = new TreeSet<>();
    for (Path file : sources()) {
      Path description = file.resolveSibling("package-info.java");
      if (Files.notExists(description)) {
        silent.add(name(description) + " is missing");
      } else if (!Files.readString(description).contains("@NullMarked")) {
        silent.add(name(description) + " is not @NullMarked");
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void nothingIsLeftUnfinished() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : sources()) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (UNFINISHED.matcher(lines.get(i)).find()) {
          wrong.add("%s:%d %s".formatted(name(file), i + 1, lines.get(i).strip()));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String module : MODULES) {
      Path folder = Imported.root().resolve(module).resolve("src/main/java");
      if (Files.isDirectory(folder)) {
        try (Stream<Path> walk = Files.walk(folder)) {
          walk.filter(each -> each.toString().endsWith(".java")).sorted().forEach(files::add);
        }
      }
    }
    assertThat(files).isNotEmpty();
    return files;
  }

  private static List<String> longMethods(List<Path> files, int linesMax) throws IOException {
    List<String> wrong = new ArrayList<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Methods(unit, positions, linesMax, wrong).scan(unit, null);
      }
    }
    return wrong;
  }

  private static String name(Path file) {
    return Imported.root().relativize(file).toString();
  }

  /** Collects the methods of one file that have too many lines. */
  private static final class Methods extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final int linesMax;
    private final List<String> wrong;

    Methods(CompilationUnitTree unit, SourcePositions positions, int linesMax, List<String> wrong) {
      this.unit = unit;
      this.positions = positions;
      this.linesMax = linesMax;
      this.wrong = wrong;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      LineMap lines = unit.getLineMap();
      long begin = lines.getLineNumber(positions.getStartPosition(unit, method));
      long end = lines.getLineNumber(positions.getEndPosition(unit, method));
      if (end - begin + 1 > linesMax) {
        wrong.add(
            "%s:%d %s has %d lines, at most %d"
                .formatted(
                    name(Path.of(unit.getSourceFile().toUri())),
                    begin,
                    method.getName(),
                    end - begin + 1,
                    linesMax));
      }
      return super.visitMethod(method, unused);
    }
  }
}
