package org.ringward.ring.witness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * What a node shows to corosync-qnetd: the file of PKCS #12 with an empty password that
 * corosync-qdevice-net-certutil writes, with the cluster's key, its certificate and that of
 * corosync-qnetd's authority.
 */
public record QnetdFile(Path path) {
  /** The name in the certificate of every corosync-qnetd. */
  private static final String SERVER = "CN=Qnetd Server";

  private static final char[] NO_PASSWORD = new char[0];

  /**
   * For a connection to corosync-qnetd of this cluster.
   *
   * @throws OperatorException when the file is not there or of no use
   */
  public SSLContext context(String cluster) throws GeneralSecurityException {
    List<X509Certificate> chain;
    PrivateKey key;
    try (InputStream in = Files.newInputStream(path)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, NO_PASSWORD);
      String alias = keyAlias(store);
      chain =
          Arrays.stream(store.getCertificateChain(alias)).map(X509Certificate.class::cast).toList();
      key = (PrivateKey) store.getKey(alias, NO_PASSWORD);
    } catch (IOException e) {
      throw refuse("%s cannot be read as PKCS #12 without password: %s".formatted(path, e));
    }
    X509Certificate authority = chain.getLast();
    check(chain, cluster);
    return Tls.compatible(new Tls.Own(key, chain), Tls.trust(authority, SERVER));
  }

  private String keyAlias(KeyStore store) throws GeneralSecurityException {
    for (String alias : Collections.list(store.aliases())) {
      Certificate[] chain = store.getCertificateChain(alias);
      if (store.isKeyEntry(alias) && chain != null && chain.length > 1) {
        return alias;
      }
    }
    throw refuse(path + " has no key with the certificate of corosync-qnetd's authority");
  }

  private void check(List<X509Certificate> chain, String cluster) {
    X509Certificate own = chain.getFirst();
    String found = own.getSubjectX500Principal().getName();
    if (!found.equals("CN=" + cluster)) {
      throw refuse(
          "%s is for %s, this is cluster %s".formatted(path, Tls.printable(found), cluster));
    }
    String defect = Tls.defect(own, chain.getLast(), Instant.now());
    if (defect != null) {
      throw refuse("%s (%s)".formatted(defect, path));
    }
  }

  private static OperatorException refuse(String sentence) {
    return new OperatorException(ExitCode.CONFIGURATION, sentence);
  }
}
