package org.ringward.cli.agents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ringward.core.agent.AgentMetadata;
import org.ringward.core.agent.FenceAgent;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.NewResource.WantedOperation;
import org.ringward.core.config.Nearest;

/**
 * The agents that are installed on this machine, by their full names, and what they say about
 * themselves. Nothing is asked of a daemon; other nodes may have others.
 */
public final class LocalAgents {
  private static final long METADATA_SECONDS = 15;
  private static final int METADATA_BYTES_MAX = 2_000_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]*");

  private static final String PLUGINS = "usr/lib/stonith/plugins/";

  private static final List<String> UNIT_FOLDERS =
      List.of("etc/systemd/system", "usr/lib/systemd/system");

  private final Path root;

  /**
   * @param root the file system's root, / but for tests
   */
  public LocalAgents(Path root) {
    this.root = root;
  }

  /** Those of this machine. */
  public static LocalAgents here() {
    return new LocalAgents(Path.of("/"));
  }

  /** All full names by class, such as ocf:heartbeat:IPaddr2, sorted. */
  public Map<String, SortedSet<String>> all() {
    Map<String, SortedSet<String>> all = new TreeMap<>();
    all.put("ocf", ocf());
    SortedSet<String> lsb = new TreeSet<>();
    programs(root.resolve("etc/init.d")).forEach(each -> lsb.add("lsb:" + each));
    all.put("lsb", lsb);
    SortedSet<String> fencing = new TreeSet<>();
    for (String folder : List.of("usr/sbin", "sbin")) {
      programs(root.resolve(folder)).stream()
          .filter(each -> each.startsWith("fence_"))
          .forEach(each -> fencing.add("stonith:" + each));
    }
    programs(root.resolve(PLUGINS + "external"))
        .forEach(each -> fencing.add("stonith:external/" + each));
    all.put("stonith", fencing);
    all.put("systemd", systemd());
    return all;
  }

  private SortedSet<String> ocf() {
    TreeSet<String> found = new TreeSet<>();
    Path folder = root.resolve("usr/lib/ocf/resource.d");
    for (Path provider : entries(folder)) {
      if (Files.isDirectory(provider)) {
        programs(provider).forEach(each -> found.add("ocf:" + provider.getFileName() + ":" + each));
      }
    }
    return found;
  }

  private SortedSet<String> systemd() {
    TreeSet<String> found = new TreeSet<>();
    for (String folder : UNIT_FOLDERS) {
      for (Path each : entries(root.resolve(folder))) {
        String name = String.valueOf(each.getFileName());
        if (name.endsWith(".service") && !Files.isDirectory(each)) {
          found.add("systemd:" + name.substring(0, name.length() - ".service".length()));
        }
      }
    }
    return found;
  }

  private static List<String> programs(Path folder) {
    List<String> names = new ArrayList<>();
    for (Path each : entries(folder)) {
      String name = String.valueOf(each.getFileName());
      if (Files.isExecutable(each)
          && !Files.isDirectory(each)
          && NAME.matcher(name).matches()
          && !name.endsWith(".sh")) {
        names.add(name);
      }
    }
    return names;
  }

  private static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (IOException _) {
      // Not there, or not for us: it has none.
    }
    return entries;
  }

  /**
   * The full name of an agent of which perhaps only the type was given.
   *
   * @throws OperatorException when no agent of this machine has that type, or several have
   */
  public String resolve(String agent) {
    if (agent.contains(":")) {
      return agent.startsWith("ocf:") && agent.indexOf(':', 4) < 0
          ? resolve(agent.substring(4))
          : agent;
    }
    List<String> found = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (SortedSet<String> names : all().values()) {
      for (String each : names) {
        String type = each.substring(each.lastIndexOf(':') + 1);
        types.add(type);
        boolean plain = each.startsWith("ocf:") || each.startsWith("stonith:");
        if (type.equals(agent) && plain) {
          found.add(each);
        }
      }
    }
    if (found.isEmpty()) {
      throw unknown(agent, types);
    }
    if (found.size() > 1) {
      throw new OperatorException(
          ExitCode.USAGE,
          "there are several agents %s; write one of %s"
              .formatted(agent, String.join(", ", found)));
    }
    return found.getFirst();
  }

  /**
   * Those that fit: of a class (ocf), of a class and provider (ocf:heartbeat), or with that part in
   * their names; all for the empty string.
   *
   * @throws OperatorException when none does, with the nearest that would
   */
  public List<String> like(String wanted) {
    List<String> names = new ArrayList<>();
    SortedSet<String> families = new TreeSet<>();
    all()
        .forEach((family, agents) -> {
          families.add(family);
          for (String each : agents) {
            names.add(each);
            families.add(each.substring(0, each.lastIndexOf(':')));
          }
        });
    String family = wanted.endsWith(":") ? wanted.substring(0, wanted.length() - 1) : wanted;
    if (families.contains(family)) {
      return names.stream().filter(each -> each.startsWith(family + ":")).toList();
    }
    List<String> found = names.stream().filter(each -> each.contains(wanted)).toList();
    if (found.isEmpty() && !wanted.isEmpty()) {
      List<String> known = new ArrayList<>(families);
      known.addAll(names);
      names.forEach(each -> known.add(each.substring(each.lastIndexOf(':') + 1)));
      throw unknown(wanted, known);
    }
    return found;
  }

  /** Whether the program of that full name is on this machine. */
  public boolean has(String agent) {
    String[] parts = agent.split(":", 2);
    SortedSet<String> names = all().get(parts[0]);
    return names != null && names.contains(agent);
  }

  /**
   * The monitor operations that an agent advises, one that watches every 10 s when it is not here
   * or advises none.
   */
  public List<WantedOperation> monitors(String agent, boolean promotable) {
    boolean fencing = agent.startsWith("stonith:");
    List<WantedOperation> advised = new ArrayList<>();
    AgentMetadata metadata = !fencing && has(agent) ? metadataOrNull(agent) : null;
    if (metadata != null) {
      for (AgentMetadata.Action each : metadata.actions()) {
        boolean fits = (each.role() != null) == promotable || each.role() == null;
        if (each.name().equals("monitor") && each.depth() == 0 && fits) {
          advised.add(advised(each, promotable));
        }
      }
    }
    if (advised.isEmpty()) {
      advised.add(new WantedOperation("monitor", Map.of("interval", fencing ? "60s" : "10s")));
    }
    return advised;
  }

  private static WantedOperation advised(AgentMetadata.Action action, boolean promotable) {
    Map<String, String> options = new TreeMap<>();
    options.put("interval", seconds(action.intervalMillis().orElse(10_000)));
    if (action.timeoutMillis().isPresent()) {
      options.put("timeout", seconds(action.timeoutMillis().getAsLong()));
    }
    String role = action.role();
    if (promotable && role != null) {
      options.put(
          "role", role.equals("Master") ? "Promoted" : role.equals("Slave") ? "Unpromoted" : role);
    }
    return new WantedOperation("monitor", options);
  }

  private static String seconds(long millis) {
    return millis <= 0 ? "10s" : millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private @Nullable AgentMetadata metadataOrNull(String agent) {
    try {
      return metadata(agent);
    } catch (OperatorException _) {
      return null;
    }
  }

  /**
   * What the agent says about itself.
   *
   * <p>OCF and fence agents are asked; scripts and units are only read ({@link ServiceMetadata}).
   *
   * @throws OperatorException when it is not here, or does not say it within 15 s
   */
  public AgentMetadata metadata(String agent) {
    String[] parts = agent.split(":", 3);
    if (!has(agent)) {
      throw unknown(agent, all().values().stream().flatMap(Collection::stream).toList());
    }
    return switch (parts[0]) {
      case "ocf" ->
          AgentMetadata.parse(
              run(
                  List.of(
                      root.resolve("usr/lib/ocf/resource.d/" + parts[1] + "/" + parts[2])
                          .toString(),
                      "meta-data")));
      case "stonith" ->
          FenceAgent.metadata(
              parts[1],
              FenceAgent.isPlugin(parts[1])
                  ? run(List.of(root.resolve(PLUGINS + parts[1]).toString(), "getinfo-xml"))
                  : run(List.of(fencing(parts[1]), "-o", "metadata")));
      case "lsb" ->
          ServiceMetadata.ofScript(parts[1], read(List.of(root.resolve("etc/init.d/" + parts[1]))));
      default -> ServiceMetadata.ofUnit(parts[1], read(units(parts[1])));
    };
  }

  private List<Path> units(String name) {
    return UNIT_FOLDERS.stream().map(each -> root.resolve(each + "/" + name + ".service")).toList();
  }

  /** The first of the files that can be read. */
  private static String read(List<Path> files) {
    for (Path each : files) {
      try (InputStream in = Files.newInputStream(each)) {
        return new String(in.readNBytes(METADATA_BYTES_MAX), StandardCharsets.UTF_8);
      } catch (IOException _) {
        // The next one, or the refusal below.
      }
    }
    throw new OperatorException(
        ExitCode.NO_INPUT,
        "%s cannot be read; look at its permissions".formatted(files.getFirst()));
  }

  /** The refusal of a name that no agent has, with the nearest that one has. */
  private static OperatorException unknown(String agent, List<String> known) {
    return new OperatorException(
        ExitCode.NO_SUCH_OBJECT,
        "there is no agent on this machine with the name %s; %s"
            .formatted(
                agent,
                Nearest.hint(agent, known, "'ringward agents list' has all that are installed")));
  }

  private String fencing(String name) {
    Path first = root.resolve("usr/sbin/" + name);
    return (Files.exists(first) ? first : root.resolve("sbin/" + name)).toString();
  }

  private String run(List<String> command) {
    Process process = null;
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("OCF_ROOT", root.resolve("usr/lib/ocf").toString());
      builder.environment().put("OCF_RA_VERSION_MAJOR", "1");
      builder.environment().put("OCF_RA_VERSION_MINOR", "1");
      builder.environment().put("OCF_RESOURCE_INSTANCE", "metadata");
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      process = builder.start();
      Process running = process;
      Thread limit = Thread.ofPlatform().daemon().start(() -> limit(running));
      String text =
          new String(
              process.getInputStream().readNBytes(METADATA_BYTES_MAX), StandardCharsets.UTF_8);
      limit.interrupt();
      if (text.isBlank()) {
        throw new OperatorException(
            ExitCode.DATA_ERROR,
            "%s says nothing about itself; run it by hand to see why"
                .formatted(command.getFirst()));
      }
      return text;
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }

  private static void limit(Process process) {
    try {
      if (!process.waitFor(METADATA_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      // It has answered.
    }
  }
}
