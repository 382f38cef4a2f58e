package org.ringward.daemon.adminsocket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Who may give orders: root, the daemon's own user, and the group haclient as Pacemaker's tools
 * have it (reference/ecosystem.md).
 */
final class PeerRules {
  static final String GROUP = "haclient";

  private final String ownUser;
  private final Path groupFile;

  /**
   * @param groupFile usually /etc/group; groups of a directory service count only as the peer's
   *     primary group
   */
  PeerRules(String ownUser, Path groupFile) {
    this.ownUser = ownUser;
    this.groupFile = groupFile;
  }

  boolean allows(String user, String primaryGroup) {
    return user.equals("root")
        || user.equals(ownUser)
        || primaryGroup.equals(GROUP)
        || members().contains(user);
  }

  private List<String> members() {
    try {
      for (String line : Files.readAllLines(groupFile)) {
        String[] fields = line.split(":", -1);
        if (fields.length == 4 && fields[0].equals(GROUP)) {
          return Arrays.asList(fields[3].split(",", -1));
        }
      }
      return List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
