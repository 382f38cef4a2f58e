package org.ringward.ring.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.ring.store.DurableFiles;

/** Keys and certificates in files of PEM (RFC 7468), one in each, as openssl reads them too. */
public final class Pem {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final long MOST_BYTES = 64 << 10;
  private static final Pattern FORM =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----\\s+([A-Za-z0-9+/=\\s]+)-----END ([A-Z ]+)-----");

  private Pem() {}

  public static void write(Path file, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    write(file, CERTIFICATE, certificate.getEncoded());
  }

  /** The file is readable by its owner only. */
  public static void write(Path file, PrivateKey key) throws IOException {
    write(file, PRIVATE_KEY, key.getEncoded());
  }

  private static void write(Path file, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String text = "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label);
    DurableFiles.replace(file, text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * @throws OperatorException when the file has no certificate
   */
  public static X509Certificate certificate(Path file) {
    try {
      return Authority.parse(der(file, CERTIFICATE));
    } catch (GeneralSecurityException e) {
      throw refuse(file, "has no X.509 certificate: " + e.getMessage());
    }
  }

  /**
   * @throws OperatorException when the file has no key
   */
  public static PrivateKey key(Path file) {
    try {
      PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(der(file, PRIVATE_KEY));
      return KeyFactory.getInstance("EC").generatePrivate(encoded);
    } catch (GeneralSecurityException e) {
      throw refuse(file, "has no key of an elliptic curve: " + e.getMessage());
    }
  }

  private static byte[] der(Path file, String label) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw refuse(file, "is longer than " + MOST_BYTES + " bytes");
      }
      Matcher matcher = FORM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
      if (!matcher.find() || !label.equals(matcher.group(1))) {
        throw refuse(file, "has no part \"" + label + "\" in the form of PEM");
      }
      return Base64.getMimeDecoder().decode(matcher.group(2));
    } catch (IllegalArgumentException e) {
      throw refuse(file, "is damaged: " + e.getMessage());
    } catch (IOException e) {
      throw refuse(file, "cannot be read: " + e);
    }
  }

  private static OperatorException refuse(Path file, String what) {
    return new OperatorException(ExitCode.CONFIGURATION, file + " " + what);
  }
}
