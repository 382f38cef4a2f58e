package org.ringward.ring.witness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * What a node shows to corosync-qnetd: the file of PKCS #12 with an empty password that
 * corosync-qdevice-net-certutil writes, with the cluster's key, its certificate and that of
 * corosync-qnetd's authority. Its key derivation takes seconds of a core, so it is read again only
 * when it has changed.
 */
public final class QnetdFile {
  /** The name in the certificate of every corosync-qnetd. */
  private static final String SERVER = "CN=Qnetd Server";

  private static final char[] NO_PASSWORD = new char[0];

  private final Path path;
  private final String cluster;
  private @Nullable Content content;

  /** What was read from the file as it was then. */
  private record Content(FileTime changed, List<X509Certificate> chain, SSLContext context) {}

  public QnetdFile(Path path, String cluster) {
    this.path = path;
    this.cluster = cluster;
  }

  /** Reads the file before it is needed; {@link #context} says what is wrong with it. */
  public void prepare() {
    try {
      context();
    } catch (GeneralSecurityException | OperatorException _) {
      // Told with each connection.
    }
  }

  /**
   * For a connection to corosync-qnetd of this cluster.
   *
   * @throws OperatorException when the file is not there or of no use
   */
  public synchronized SSLContext context() throws GeneralSecurityException {
    try {
      FileTime changed = Files.getLastModifiedTime(path);
      Content known = content;
      if (known == null || !known.changed().equals(changed)) {
        known = read(changed);
        content = known;
      }
      check(known.chain());
      return known.context();
    } catch (IOException e) {
      throw refuse("%s cannot be read as PKCS #12 without password: %s".formatted(path, e));
    }
  }

  private Content read(FileTime changed) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(path)) {
      store.load(in, NO_PASSWORD);
    }
    String alias = keyAlias(store);
    List<X509Certificate> chain =
        Arrays.stream(store.getCertificateChain(alias)).map(X509Certificate.class::cast).toList();
    PrivateKey key = (PrivateKey) store.getKey(alias, NO_PASSWORD);
    SSLContext context =
        Tls.compatible(new Tls.Own(key, chain), Tls.trust(chain.getLast(), SERVER));
    return new Content(changed, chain, context);
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

  private void check(List<X509Certificate> chain) {
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
