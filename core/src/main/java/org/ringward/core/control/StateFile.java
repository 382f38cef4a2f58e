package org.ringward.core.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Status;

/**
 * The durable form of the state: one line with the line of history and a checksum, then the cib as
 * XML without its status, which means nothing after a restart.
 */
final class StateFile {
  static final String NAME = "cib.xml";

  private static final String HEAD = "<!-- ringward-state ";

  private StateFile() {}

  /**
   * What was found on disk.
   *
   * @param state blank when there was no file or it could not be trusted
   * @param complaint one sentence when it could not be trusted, else null
   */
  record Found(ClusterState state, @Nullable String complaint) {}

  static byte[] write(ClusterState state) {
    Cib cib =
        new Cib(
            state.cib().attributes().with("num_updates", "0").without("dc-uuid"),
            state.cib().configuration(),
            Status.EMPTY,
            state.cib().others());
    String xml = CibXml.write(cib);
    String head =
        HEAD
            + "primary="
            + state.primary()
            + " sha256="
            + checksum(state.primary(), xml)
            + " -->\n";
    return (head + xml).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Never throws: a file that cannot be trusted makes a blank state, and the others' state is taken
   * over.
   */
  static Found read(byte @Nullable [] content) {
    if (content == null) {
      return new Found(ClusterState.BLANK, null);
    }
    String text = new String(content, StandardCharsets.UTF_8);
    int lineEnd = text.indexOf('\n');
    if (!text.startsWith(HEAD) || lineEnd < 0) {
      return damaged("it does not begin with its checksum line");
    }
    List<String> words = List.of(text.substring(0, lineEnd).split(" ", -1));
    String xml = text.substring(lineEnd + 1);
    try {
      long primary =
          words.stream()
              .filter(word -> word.startsWith("primary="))
              .mapToLong(word -> Long.parseLong(word.substring("primary=".length())))
              .findFirst()
              .orElse(0);
      if (!words.contains("sha256=" + checksum(primary, xml))) {
        return damaged("its checksum does not match its content");
      }
      return new Found(new ClusterState(primary, CibXml.read(NAME, xml)), null);
    } catch (NumberFormatException | OperatorException e) {
      return damaged(String.valueOf(e.getMessage()));
    }
  }

  private static Found damaged(String why) {
    return new Found(
        ClusterState.BLANK,
        "the state file "
            + NAME
            + " is damaged ("
            + why
            + "): this node starts without a state and takes the other nodes'");
  }

  private static String checksum(long primary, String xml) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((primary + "\n").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
