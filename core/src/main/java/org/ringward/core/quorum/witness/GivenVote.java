package org.ringward.core.quorum.witness;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Defect;
import org.ringward.core.base.NodeSet;

/**
 * What a witness keeps of a cluster on its disk, before it gives the vote to a side: after a
 * restart that side alone may get it for the time that its nodes may still count it, and later only
 * its successors.
 *
 * @param longestMillis the longest time that a node may count a vote without hearing again
 */
record GivenVote(VoteRecord record, int longestMillis) {
  private static final Pattern FORM =
      Pattern.compile(
          """
          ringward-witness-vote 2
          ring (\\d{1,10}) (\\d{1,18})
          nodes((?: \\d{1,9}){1,256})
          basis (-?\\d{1,18})
          longest-ms (\\d{1,9})
          """);
  private static final String CHECKSUM = "sha256 ";

  byte[] encode() {
    Side side = record.side();
    String nodes =
        side.members().stream().mapToObj(Integer::toString).collect(Collectors.joining(" "));
    String text =
        "ringward-witness-vote 2\nring %d %d\nnodes %s\nbasis %d\nlongest-ms %d\n"
            .formatted(
                side.representative(), side.sequence(), nodes, record.basis(), longestMillis);
    return (text + CHECKSUM + checksum(text) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Null when these bytes were not made by {@link #encode}. */
  static @Nullable GivenVote decode(byte[] bytes) {
    String whole = new String(bytes, StandardCharsets.UTF_8);
    int end = whole.indexOf(CHECKSUM);
    if (end < 0) {
      return null;
    }
    String text = whole.substring(0, end);
    Matcher form = FORM.matcher(text);
    if (!form.matches() || !whole.equals(text + CHECKSUM + checksum(text) + "\n")) {
      return null;
    }
    int[] nodes = Stream.of(form.group(3).strip().split(" ")).mapToInt(Integer::parseInt).toArray();
    Side side =
        new Side(
            Integer.parseUnsignedInt(form.group(1)),
            Long.parseLong(form.group(2)),
            NodeSet.of(nodes));
    return new GivenVote(
        new VoteRecord(side, Long.parseLong(form.group(4))), Integer.parseInt(form.group(5)));
  }

  private static String checksum(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] sum = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new Defect("every Java has SHA-256: " + e);
    }
  }
}
