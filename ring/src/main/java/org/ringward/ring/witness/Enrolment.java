package org.ringward.ring.witness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.wire.WitnessCodec;
import org.ringward.core.wire.WitnessMessage;
import org.ringward.core.wire.WitnessMessage.Enrol;
import org.ringward.core.wire.WitnessMessage.Enrolled;
import org.ringward.core.wire.WitnessMessage.Refused;
import org.ringward.core.wire.WitnessStream;

/**
 * A node's side of enrolling: makes a key, which never leaves the node, and gets certificates for
 * it in exchange for a token.
 */
public final class Enrolment {
  private static final int TIMEOUT_MILLIS = 10_000;

  private Enrolment() {}

  /**
   * Enrols and writes the files.
   *
   * @return the certificate of the node
   * @throws OperatorException when the witness is not reached, is another one, or refuses
   */
  public static X509Certificate enrol(
      String host, int port, Token token, NodeIdentity node, WitnessFiles files) {
    try {
      KeyPair pair = Authority.newKey();
      Enrol request =
          new Enrol(token.secret(), node.cluster(), node.node(), pair.getPublic().getEncoded());
      Enrolled enrolled = ask(host, port, token, request);
      X509Certificate own = Authority.parse(enrolled.certificates().get(0));
      X509Certificate authority = Authority.parse(enrolled.certificates().get(1));
      if (!token.isOf(authority) || !own.getPublicKey().equals(pair.getPublic())) {
        throw refuse("the witness answered with certificates of somebody else");
      }
      Files.createDirectories(
          files.folder(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Pem.write(files.authority(), authority);
      Pem.write(files.key(), pair.getPrivate());
      Pem.write(files.certificate(), own);
      return own;
    } catch (IOException e) {
      throw new OperatorException(
          ExitCode.UNAVAILABLE, "enrolling at %s port %d failed: %s".formatted(host, port, e));
    } catch (GeneralSecurityException | IndexOutOfBoundsException e) {
      throw refuse("the witness answered with something else than certificates: " + e.getMessage());
    }
  }

  private static Enrolled ask(String host, int port, Token token, Enrol request)
      throws IOException, GeneralSecurityException {
    SSLContext context = Tls.context(null, new TrustByToken(token));
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      plain.setSoTimeout(TIMEOUT_MILLIS);
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
        socket.startHandshake();
        OutputStream out = socket.getOutputStream();
        out.write(WitnessCodec.encode(request));
        out.flush();
        return switch (answer(socket.getInputStream())) {
          case Enrolled enrolled -> enrolled;
          case Refused refused -> throw refuse("the witness refuses: " + refused.reason());
          case null, default ->
              throw refuse("what answers at %s port %d is no witness".formatted(host, port));
        };
      }
    }
  }

  private static @Nullable WitnessMessage answer(InputStream in) throws IOException {
    WitnessStream stream = new WitnessStream();
    byte[] buffer = new byte[4096];
    while (!stream.isBroken()) {
      byte[] frame = stream.take();
      if (frame != null) {
        return WitnessCodec.decode(frame);
      }
      int count = in.read(buffer);
      if (count < 0) {
        return null;
      }
      stream.put(buffer, 0, count);
    }
    return null;
  }

  private static OperatorException refuse(String sentence) {
    return new OperatorException(ExitCode.NO_PERMISSION, sentence);
  }

  /** Trust in the witness that the token was made by: its chain ends in that authority. */
  private static final class TrustByToken extends X509ExtendedTrustManager {
    private final Token token;

    TrustByToken(Token token) {
      this.token = token;
    }

    private void check(X509Certificate[] chain, String type) throws CertificateException {
      X509Certificate authority = chain[chain.length - 1];
      if (!token.isOf(authority)) {
        throw new CertificateException("the token was made by another witness than this one");
      }
      try {
        Tls.trust(authority).checkServerTrusted(chain, type);
      } catch (CertificateException e) {
        throw e;
      } catch (GeneralSecurityException e) {
        throw new CertificateException(e);
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("nobody is a client here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("nobody is a client here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("nobody is a client here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
