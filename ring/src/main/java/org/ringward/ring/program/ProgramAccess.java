package org.ringward.ring.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ringward.core.config.AccessSettings;

/**
 * Who may use a socket of this daemon or ring: root, the group of root, the user the ring runs as,
 * and those that the configuration names (reference/libqb-ipc.md, section 7).
 */
public final class ProgramAccess {
  private static final String DIGITS = "[0-9]{1,10}";

  private final Set<Integer> users;
  private final Set<Integer> groups;
  private final List<String> unknown = new ArrayList<>();

  private ProgramAccess(AccessSettings settings, int ownUser, Path passwd, Path groupFile) {
    users = ids("user", settings.users(), passwd);
    users.add(0);
    users.add(ownUser);
    groups = ids("group", settings.groups(), groupFile);
    groups.add(0);
  }

  /** As this machine knows users and groups. */
  public static ProgramAccess of(AccessSettings settings) {
    try {
      int own = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      return of(settings, own, Path.of("/etc/passwd"), Path.of("/etc/group"));
    } catch (IOException e) {
      throw new UncheckedIOException("this process' user is not known", e);
    }
  }

  /** The same with the files that have names and numbers. */
  static ProgramAccess of(AccessSettings settings, int ownUser, Path passwd, Path groupFile) {
    return new ProgramAccess(settings, ownUser, passwd, groupFile);
  }

  private Set<Integer> ids(String what, List<String> names, Path file) {
    Set<Integer> ids = new HashSet<>();
    for (String name : names) {
      if (name.matches(DIGITS)) {
        ids.add((int) Long.parseLong(name));
      } else if (!addFromFile(name, file, ids)) {
        unknown.add(what + " " + name + " of uidgid is not in " + file + ": it gives no access");
      }
    }
    return ids;
  }

  private static boolean addFromFile(String name, Path file, Set<Integer> ids) {
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        String[] fields = line.split(":", -1);
        if (fields.length > 2 && fields[0].equals(name) && fields[2].matches(DIGITS)) {
          ids.add((int) Long.parseLong(fields[2]));
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /** Sentences about names without a number. */
  public List<String> warnings() {
    return List.copyOf(unknown);
  }

  /** Whether a program with these ids may. */
  public boolean allows(int user, int group) {
    return users.contains(user) || groups.contains(group);
  }
}
