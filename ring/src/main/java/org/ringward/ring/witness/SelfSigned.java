package org.ringward.ring.witness;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate that vouches for itself: browsers ask once whether to trust it. Who has a better
 * one puts it into the files.
 */
public record SelfSigned(PrivateKey key, X509Certificate certificate) {
  private static final String ORGANISATION = "Ringward page";

  /** Longer ones are refused by some browsers. */
  private static final Duration LIFE = Duration.ofDays(820);

  private static final Duration RENEWED_BEFORE = Duration.ofDays(60);
  private static final int SERIAL_BITS = 127;
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";

  /**
   * Key and certificate in two files of PEM; both are made when they are not there, or made anew
   * when they are ours and their time is nearly over.
   *
   * @param names host names and literal addresses that it is for
   * @throws org.ringward.core.base.OperatorException when the files are damaged
   */
  public static SelfSigned of(
      Path keyFile, Path certificateFile, String name, List<String> names, Instant now)
      throws IOException, GeneralSecurityException {
    if (Files.exists(keyFile) && Files.exists(certificateFile)) {
      SelfSigned found = new SelfSigned(Pem.key(keyFile), Pem.certificate(certificateFile));
      if (!found.isOurs() || found.isGoodAt(now.plus(RENEWED_BEFORE))) {
        return found;
      }
    }
    SelfSigned made = create(name, names, now);
    Pem.write(keyFile, made.key);
    Pem.write(certificateFile, made.certificate);
    return made;
  }

  private boolean isOurs() {
    return certificate.getSubjectX500Principal().getName().contains(ORGANISATION);
  }

  private boolean isGoodAt(Instant time) {
    return certificate.getNotAfter().toInstant().isAfter(time);
  }

  private static SelfSigned create(String name, List<String> names, Instant now)
      throws IOException, GeneralSecurityException {
    KeyPair pair = Authority.newKey();
    byte[] subject = Authority.name(List.of("2.5.4.10", ORGANISATION, "2.5.4.3", name));
    List<byte[]> alternatives = new ArrayList<>();
    for (String each : names) {
      boolean address = each.matches("[0-9.]+") || each.contains(":");
      alternatives.add(
          address
              ? Der.value(0x87, InetAddress.ofLiteral(each).getAddress())
              : Der.value(0x82, each.getBytes(StandardCharsets.US_ASCII)));
    }
    byte[] extensions =
        Der.sequence(
            Authority.extension("2.5.29.19", true, Der.sequence()),
            Authority.extension("2.5.29.15", true, Der.bits(7, new byte[] {(byte) 0x80})),
            Authority.extension("2.5.29.37", true, Der.sequence(Der.oid(SERVER))),
            Authority.extension("2.5.29.17", false, Der.sequence(alternatives)));
    BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
    byte[] body =
        Authority.body(serial, subject, now, now.plus(LIFE), subject, pair.getPublic(), extensions);
    return new SelfSigned(pair.getPrivate(), Authority.signed(body, pair.getPrivate()));
  }
}
