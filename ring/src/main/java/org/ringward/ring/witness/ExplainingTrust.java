package org.ringward.ring.witness;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Decides as Java's own trust manager, and names the value that is wrong. */
final class ExplainingTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager java;
  private final X509Certificate authority;

  private final @Nullable String subject;

  /**
   * @param subject who the other side has to be, as X.500 writes it; null for whoever was signed
   */
  ExplainingTrust(
      X509ExtendedTrustManager java, X509Certificate authority, @Nullable String subject) {
    this.java = java;
    this.authority = authority;
    this.subject = subject;
  }

  private interface Decision {
    void decide() throws CertificateException;
  }

  private void explained(X509Certificate[] chain, Decision decision) throws CertificateException {
    try {
      decision.decide();
    } catch (CertificateException e) {
      String defect = chain.length == 0 ? null : Tls.defect(chain[0], authority, Instant.now());
      throw new CertificateException(
          defect == null ? "the certificate is not for this: " + e.getMessage() : defect, e);
    }
    String found = chain[0].getSubjectX500Principal().getName();
    if (subject != null && !subject.equals(found)) {
      throw new CertificateException(
          "the certificate is for %s, not for %s".formatted(Tls.printable(found), subject));
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    explained(chain, () -> java.checkClientTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    explained(chain, () -> java.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    explained(chain, () -> java.checkClientTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    explained(chain, () -> java.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    explained(chain, () -> java.checkClientTrusted(chain, type));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    explained(chain, () -> java.checkServerTrusted(chain, type));
  }

  /** Nobody is named: then the other side shows what it has, and can be told what is wrong. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
