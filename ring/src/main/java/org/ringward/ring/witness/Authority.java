package org.ringward.ring.witness;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The certificate authority of one witness: X.509 certificates (RFC 5280) with keys on the curve
 * P-256. Nothing but this witness and its nodes trusts it.
 */
public final class Authority {
  private static final Duration CLOCKS_APART = Duration.ofHours(1);
  private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final int SERIAL_BITS = 127;

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final SecureRandom random = new SecureRandom();

  /** An authority that was made before. */
  public Authority(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /** A new authority. */
  public static Authority create(String name, Instant from, Instant until)
      throws GeneralSecurityException {
    KeyPair pair = newKey();
    byte[] subject = name(List.of("2.5.4.10", "Ringward witness", "2.5.4.3", name));
    byte[] extensions =
        Der.sequence(
            extension("2.5.29.19", true, Der.sequence(Der.yes())),
            extension("2.5.29.15", true, Der.bits(2, new byte[] {0x04})));
    BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
    byte[] body = body(serial, subject, from, until, subject, pair.getPublic(), extensions);
    return new Authority(pair.getPrivate(), signed(body, pair.getPrivate()));
  }

  /** A key pair for a certificate. */
  public static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public PrivateKey key() {
    return key;
  }

  /** A certificate for the witness itself. */
  public X509Certificate forWitness(String name, PublicKey of, Instant from, Instant until)
      throws GeneralSecurityException {
    byte[] subject = name(List.of("2.5.4.10", "Ringward witness", "2.5.4.3", name));
    return issue(subject, of, from, until, leaf(SERVER));
  }

  /**
   * A certificate for a node.
   *
   * @param publicKey in the form of X.509 (SubjectPublicKeyInfo)
   * @throws GeneralSecurityException when the bytes are no such key
   */
  public X509Certificate forNode(NodeIdentity node, byte[] publicKey, Instant from, Instant until)
      throws GeneralSecurityException {
    PublicKey of = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(publicKey));
    byte[] subject = name(List.of("2.5.4.10", node.cluster(), "2.5.4.3", "node " + node.node()));
    List<byte[]> extensions = leaf(CLIENT);
    byte[] uri = Der.value(0x86, node.uri().getBytes(StandardCharsets.US_ASCII));
    extensions.add(extension("2.5.29.17", false, Der.sequence(uri)));
    return issue(subject, of, from, until, extensions);
  }

  private static List<byte[]> leaf(String purpose) {
    List<byte[]> extensions = new ArrayList<>();
    extensions.add(extension("2.5.29.15", true, Der.bits(7, new byte[] {(byte) 0x80})));
    extensions.add(extension("2.5.29.37", true, Der.sequence(Der.oid(purpose))));
    return extensions;
  }

  private X509Certificate issue(
      byte[] subject, PublicKey of, Instant from, Instant until, List<byte[]> extensions)
      throws GeneralSecurityException {
    byte[] issuer = certificate.getSubjectX500Principal().getEncoded();
    BigInteger serial = new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE);
    byte[] body = body(serial, issuer, from, until, subject, of, Der.sequence(extensions));
    return signed(body, key);
  }

  static byte[] body(
      BigInteger serial,
      byte[] issuer,
      Instant from,
      Instant until,
      byte[] subject,
      PublicKey of,
      byte[] extensions) {
    return Der.sequence(
        Der.value(0xA0, Der.integer(BigInteger.TWO)),
        Der.integer(serial),
        Der.sequence(Der.oid(ECDSA_SHA256)),
        issuer,
        Der.sequence(Der.time(from.minus(CLOCKS_APART)), Der.time(until)),
        subject,
        of.getEncoded(),
        Der.value(0xA3, extensions));
  }

  static X509Certificate signed(byte[] body, PrivateKey by) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(by);
    signature.update(body);
    byte[] whole =
        Der.sequence(body, Der.sequence(Der.oid(ECDSA_SHA256)), Der.bits(0, signature.sign()));
    return parse(whole);
  }

  /** The certificate in these bytes of DER. */
  public static X509Certificate parse(byte[] der) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
  }

  static byte[] extension(String oid, boolean critical, byte[] content) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.yes(), Der.octets(content))
        : Der.sequence(Der.oid(oid), Der.octets(content));
  }

  /** A name of pairs: the attribute's identifier and its text. */
  static byte[] name(List<String> pairs) {
    List<byte[]> parts = new ArrayList<>();
    for (int at = 0; at < pairs.size(); at += 2) {
      parts.add(Der.set(Der.sequence(Der.oid(pairs.get(at)), Der.text(pairs.get(at + 1)))));
    }
    return Der.sequence(parts);
  }
}
