package org.ringward.ring.witness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** What a node has got from its witness when it enrolled. */
public record WitnessFiles(Path folder) {
  /** In the state directory of the node. */
  public static WitnessFiles in(String stateDir) {
    return new WitnessFiles(Path.of(stateDir, "witness"));
  }

  public Path key() {
    return folder.resolve("key.pem");
  }

  public Path certificate() {
    return folder.resolve("certificate.pem");
  }

  public Path authority() {
    return folder.resolve("authority.pem");
  }

  /** What the node shows, and whom it trusts. */
  public record Identity(Tls.Own own, X509Certificate authority) {}

  /**
   * Reads the files.
   *
   * @throws OperatorException when the node has not enrolled, or its certificate has expired or is
   *     for another one
   */
  public Identity read(NodeIdentity node, Instant now) {
    if (Files.notExists(certificate())) {
      String sentence = "this node has no certificate for its witness (" + certificate();
      throw refuse(sentence + "); run 'ringward witness enrol'");
    }
    X509Certificate certificate = Pem.certificate(certificate());
    X509Certificate authority = Pem.certificate(authority());
    PrivateKey key = Pem.key(key());
    NodeIdentity found = NodeIdentity.of(certificate);
    if (!node.equals(found)) {
      String sentence = certificate() + " is for " + (found == null ? "no node" : found.toString());
      throw refuse(sentence + ", this is " + node);
    }
    String defect = Tls.defect(certificate, authority, now);
    if (defect != null) {
      throw refuse(defect + " (" + certificate() + "); run 'ringward witness enrol' again");
    }
    return new Identity(new Tls.Own(key, List.of(certificate)), authority);
  }

  private static OperatorException refuse(String sentence) {
    return new OperatorException(ExitCode.CONFIGURATION, sentence);
  }
}
