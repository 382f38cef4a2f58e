package org.ringward.ring.witness;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;

/** Writes the few forms of DER (X.690) that a certificate consists of. */
final class Der {
  static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final DateTimeFormatter GENERALIZED =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  /** A value with its tag and length. */
  static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    out.write(tag);
    if (length < 128) {
      out.write(length);
    } else {
      byte[] bytes = BigInteger.valueOf(length).toByteArray();
      int skip = bytes[0] == 0 ? 1 : 0;
      out.write(0x80 | (bytes.length - skip));
      out.write(bytes, skip, bytes.length - skip);
    }
    for (byte[] part : parts) {
      out.write(part, 0, part.length);
    }
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  static byte[] sequence(List<byte[]> parts) {
    return value(SEQUENCE, parts.toArray(byte[][]::new));
  }

  static byte[] set(byte[]... parts) {
    return value(SET, parts);
  }

  static byte[] integer(BigInteger number) {
    return value(0x02, number.toByteArray());
  }

  static byte[] yes() {
    return value(0x01, new byte[] {(byte) 0xFF});
  }

  static byte[] octets(byte[] bytes) {
    return value(0x04, bytes);
  }

  /** A string of bits of which the last byte lacks some. */
  static byte[] bits(int unused, byte[] bytes) {
    return value(0x03, new byte[] {(byte) unused}, bytes);
  }

  static byte[] text(String text) {
    return value(0x0C, text.getBytes(StandardCharsets.UTF_8));
  }

  /** With two digits for the year until 2049, with four after that, as X.509 asks. */
  static byte[] time(Instant time) {
    String text = GENERALIZED.format(time);
    return text.compareTo("2050") < 0
        ? value(0x17, text.substring(2).getBytes(StandardCharsets.US_ASCII))
        : value(0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** An object identifier in its usual form, such as 2.5.4.3. */
  static byte[] oid(String dotted) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int[] arcs = Arrays.stream(dotted.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    out.write(arcs[0] * 40 + arcs[1]);
    for (int at = 2; at < arcs.length; at++) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arcs[at] >>> shift != 0) {
          out.write(0x80 | (arcs[at] >>> shift & 0x7F));
        }
      }
      out.write(arcs[at] & 0x7F);
    }
    return value(0x06, out.toByteArray());
  }
}
