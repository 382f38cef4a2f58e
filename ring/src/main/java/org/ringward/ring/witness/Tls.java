package org.ringward.ring.witness;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Contexts of TLS in which exactly one authority is trusted. */
public final class Tls {
  private static final char[] NO_PASSWORD = new char[0];

  private Tls() {}

  /**
   * A key and its certificate.
   *
   * @param chain the certificate, then that of its authority, if that is shown too
   */
  public record Own(PrivateKey key, List<X509Certificate> chain) {
    public Own {
      chain = List.copyOf(chain);
    }
  }

  /**
   * @param own what is shown to the other side, null for nothing
   */
  public static SSLContext context(@Nullable Own own, TrustManager trust)
      throws GeneralSecurityException {
    return context("TLSv1.3", own, trust);
  }

  /**
   * For a server that may be older than TLS 1.3: TLS 1.2 is spoken too.
   *
   * @param own what is shown to the other side
   */
  static SSLContext compatible(Own own, TrustManager trust) throws GeneralSecurityException {
    return context("TLS", own, trust);
  }

  private static SSLContext context(String protocol, @Nullable Own own, TrustManager trust)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance(protocol);
    KeyManager[] keys = own == null ? new KeyManager[0] : keys(own);
    context.init(keys, new TrustManager[] {trust}, new SecureRandom());
    return context;
  }

  private static KeyManager[] keys(Own own) throws GeneralSecurityException {
    KeyStore store = empty();
    store.setKeyEntry("own", own.key(), NO_PASSWORD, own.chain().toArray(Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /** Trust in what this authority has signed, for the purpose that it was signed for. */
  public static X509ExtendedTrustManager trust(X509Certificate authority)
      throws GeneralSecurityException {
    return trust(authority, null);
  }

  /** Trust in the one of that name among what this authority has signed. */
  static X509ExtendedTrustManager trust(X509Certificate authority, @Nullable String subject)
      throws GeneralSecurityException {
    KeyStore store = empty();
    store.setCertificateEntry("authority", authority);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return new ExplainingTrust(extended, authority, subject);
      }
    }
    throw new GeneralSecurityException("this Java has no trust manager for X.509");
  }

  private static KeyStore empty() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /**
   * What is wrong with a certificate at present, with the value that is wrong; null for nothing.
   */
  public static @Nullable String defect(
      X509Certificate certificate, X509Certificate authority, Instant now) {
    NodeIdentity node = NodeIdentity.of(certificate);
    String whose = node == null ? "the certificate" : "the certificate of " + node;
    Instant until = certificate.getNotAfter().toInstant();
    Instant from = certificate.getNotBefore().toInstant();
    if (now.isAfter(until)) {
      return whose + " expired at " + until.truncatedTo(ChronoUnit.SECONDS);
    }
    if (now.isBefore(from)) {
      return whose + " is valid from " + from.truncatedTo(ChronoUnit.SECONDS) + " only";
    }
    try {
      certificate.verify(authority.getPublicKey());
      return null;
    } catch (GeneralSecurityException e) {
      return whose
          + " was signed by another authority, "
          + printable(certificate.getIssuerX500Principal().getName());
    }
  }

  static String printable(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > 100 ? clean.substring(0, 100) + "..." : clean;
  }
}
