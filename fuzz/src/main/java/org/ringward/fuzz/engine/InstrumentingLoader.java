package org.ringward.fuzz.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.instr.Instrumenter;
import org.jacoco.core.runtime.IExecutionDataAccessorGenerator;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loads core and the targets a second time: the rooms under test with JaCoCo's probes in them,
 * which are kept in {@link Probes}.
 */
public final class InstrumentingLoader extends ClassLoader {
  private static final String OWN = "org.ringward.core.";
  private static final String TARGETS = "org.ringward.fuzz.target.";
  private static final List<String> TESTED =
      List.of(
          OWN + "wire.",
          OWN + "link.",
          OWN + "totem.",
          OWN + "group.",
          OWN + "quorum.",
          OWN + "forum.ForumCodec",
          OWN + "control.Message");

  private final Instrumenter instrumenter = new Instrumenter(new ProbesAccess());
  private final TreeMap<String, byte[]> originals = new TreeMap<>();

  public InstrumentingLoader(ClassLoader parent) {
    super(parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OWN) && !name.startsWith(TARGETS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/');
    try (InputStream file = getParent().getResourceAsStream(path + ".class")) {
      if (file == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = file.readAllBytes();
      if (TESTED.stream().anyMatch(name::startsWith)) {
        originals.put(path, bytes);
        bytes = instrumenter.instrument(bytes, path);
      }
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  /** Branches (lines in a class without any) that were taken, and all there are. */
  record Share(int taken, int all) {
    String percent() {
      return all == 0 ? "-" : Math.round(100.0 * taken / all) + " %";
    }
  }

  Share branches(Coverage coverage) {
    ExecutionDataStore store = new ExecutionDataStore();
    CoverageBuilder classes = new CoverageBuilder();
    Analyzer analyzer = new Analyzer(store, classes);
    List<String> names = new ArrayList<>();
    for (Probes each : coverage.watched()) {
      store.put(new ExecutionData(each.id(), each.name(), each.taken()));
      names.add(each.name());
    }
    try {
      for (String name : names) {
        byte[] bytes = originals.get(name);
        if (bytes != null) {
          analyzer.analyzeClass(bytes, name);
        }
      }
    } catch (IOException unreadable) {
      throw new IllegalStateException("a class that was loaded cannot be read", unreadable);
    }
    int taken = 0;
    int all = 0;
    for (IClassCoverage each : classes.getClasses()) {
      taken += each.getBranchCounter().getCoveredCount();
      all += each.getBranchCounter().getTotalCount();
    }
    return new Share(taken, all);
  }

  /** How instrumented code gets at its array. */
  private static final class ProbesAccess implements IExecutionDataAccessorGenerator {
    private static final int STACK = 4;

    @Override
    public int generateDataAccessor(long id, String name, int count, MethodVisitor code) {
      code.visitLdcInsn(id);
      code.visitLdcInsn(name);
      code.visitLdcInsn(count);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          Probes.class.getName().replace('.', '/'),
          "of",
          "(JLjava/lang/String;I)[Z",
          false);
      return STACK;
    }
  }
}
