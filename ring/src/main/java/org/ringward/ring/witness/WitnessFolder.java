package org.ringward.ring.witness;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.wire.WitnessMessage;
import org.ringward.ring.store.DurableFiles;

/**
 * The durable files of a witness: its authority and its own certificate, tokens by the hashes of
 * their secrets, and for each cluster the certificates that count and who got the vote last.
 */
public final class WitnessFolder {
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(20 * 365);
  private static final Duration NODE_LIFE = Duration.ofDays(5 * 365);
  private static final String VOTE = "vote";
  private static final Pattern TOKEN =
      Pattern.compile("cluster (\\S{1,400})\nuntil-ms (\\d{1,18})\nnodes (\\d{1,3})\n");

  private final Path folder;

  /** Opens or makes the folder; {@link #prepare} makes what the witness itself needs. */
  public WitnessFolder(Path folder) {
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }

  /** Where the running witness answers questions of operators of this machine. */
  public Path socket() {
    return folder.resolve("status.sock");
  }

  // ---- keys ----

  /**
   * Makes the authority and the certificate of the witness, once.
   *
   * @throws OperatorException when that is not possible
   */
  public void prepare(String name, Instant now) {
    try {
      for (String part : List.of("", "tokens", "clusters")) {
        makeFolder(folder.resolve(part));
      }
      if (Files.notExists(folder.resolve("authority.pem"))) {
        Authority made = Authority.create(name, now, now.plus(AUTHORITY_LIFE));
        Pem.write(folder.resolve("authority-key.pem"), made.key());
        KeyPair pair = Authority.newKey();
        X509Certificate own =
            made.forWitness(name, pair.getPublic(), now, now.plus(AUTHORITY_LIFE));
        Pem.write(folder.resolve("key.pem"), pair.getPrivate());
        Pem.write(folder.resolve("certificate.pem"), own);
        Pem.write(folder.resolve("authority.pem"), made.certificate());
      }
    } catch (IOException | GeneralSecurityException e) {
      String sentence = "the state directory " + folder + " of the witness cannot be used: " + e;
      throw new OperatorException(ExitCode.CANNOT_CREATE, sentence);
    }
  }

  private static void makeFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** The certificate of the authority. */
  public X509Certificate authority() {
    return Pem.certificate(folder.resolve("authority.pem"));
  }

  /** What the witness shows. */
  public Tls.Own own() {
    X509Certificate certificate = Pem.certificate(folder.resolve("certificate.pem"));
    return new Tls.Own(Pem.key(folder.resolve("key.pem")), List.of(certificate, authority()));
  }

  // ---- tokens ----

  /** Makes a token with which so many nodes of the cluster may enrol until then. */
  public Token makeToken(String cluster, int nodes, Instant until) throws IOException {
    makeFolder(clusterFolder(cluster));
    Token token = Token.create(authority());
    writeToken(tokenFile(token.secret()), cluster, until.toEpochMilli(), nodes);
    return token;
  }

  private Path tokenFile(byte[] secret) {
    return folder.resolve("tokens").resolve(Token.hash(secret));
  }

  private static void writeToken(Path file, String cluster, long untilMillis, int nodes)
      throws IOException {
    String text =
        "cluster %s\nuntil-ms %d\nnodes %d\n".formatted(coded(cluster), untilMillis, nodes);
    DurableFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A certificate for a node, or why it gets none. */
  public record Enrolled(@Nullable X509Certificate certificate, String refusal) {}

  /** Redeems a token. Only one thread of one process may do this. */
  public Enrolled enrol(byte[] secret, NodeIdentity node, byte[] publicKey, Instant now) {
    try {
      Path file = tokenFile(secret);
      Matcher token = TOKEN.matcher(Files.readString(file));
      if (!token.matches()) {
        return refused("the file of its token is damaged");
      }
      Instant until = Instant.ofEpochMilli(Long.parseLong(token.group(2)));
      if (now.isAfter(until)) {
        Files.delete(file);
        return refused("its token expired at " + until.truncatedTo(ChronoUnit.SECONDS));
      }
      String cluster = URLDecoder.decode(token.group(1), StandardCharsets.UTF_8);
      if (!cluster.equals(node.cluster())) {
        return refused(
            "its token is for cluster \"%s\", the node says \"%s\""
                .formatted(cluster, Tls.printable(node.cluster())));
      }
      if (node.node() <= 0) {
        return refused("node ids are positive, found " + node.node());
      }
      // The token is used up before the certificate exists: a crash between costs a token.
      int nodes = Integer.parseInt(token.group(3)) - 1;
      if (nodes > 0) {
        writeToken(file, cluster, until.toEpochMilli(), nodes);
      } else {
        Files.delete(file);
      }
      return new Enrolled(certify(node, publicKey, now), "");
    } catch (NoSuchFileException _) {
      return refused("its token is not known here, or was used already");
    } catch (IOException | GeneralSecurityException e) {
      return refused("the witness could not make a certificate: " + e);
    }
  }

  private X509Certificate certify(NodeIdentity node, byte[] publicKey, Instant now)
      throws IOException, GeneralSecurityException {
    Authority authority = new Authority(Pem.key(folder.resolve("authority-key.pem")), authority());
    X509Certificate certificate = authority.forNode(node, publicKey, now, now.plus(NODE_LIFE));
    makeFolder(clusterFolder(node.cluster()));
    String serial = certificate.getSerialNumber().toString(16) + "\n";
    DurableFiles.replace(serialFile(node), serial.getBytes(StandardCharsets.US_ASCII));
    return certificate;
  }

  private static Enrolled refused(String sentence) {
    return new Enrolled(null, sentence);
  }

  private Path serialFile(NodeIdentity node) {
    return clusterFolder(node.cluster()).resolve("node-" + node.node());
  }

  /** Why a certificate that this authority has signed does not count any more, null if it does. */
  public @Nullable String revocation(NodeIdentity node, BigInteger serial) {
    try {
      String counts = Files.readString(serialFile(node)).strip();
      return counts.equals(serial.toString(16))
          ? null
          : "%s has enrolled again since this certificate was made".formatted(node);
    } catch (NoSuchFileException _) {
      return "%s is not enrolled here any more".formatted(node);
    } catch (IOException e) {
      return "the witness cannot read its files: " + e;
    }
  }

  /** Makes the certificate of a node count no more; false when it had none. */
  public boolean revoke(NodeIdentity node) throws IOException {
    return Files.deleteIfExists(serialFile(node));
  }

  // ---- clusters ----

  /** The clusters that tokens were made for. */
  public List<String> clusters() throws IOException {
    Path parent = folder.resolve("clusters");
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(parent)) {
      return list.filter(Files::isDirectory)
          .map(each -> URLDecoder.decode(each.getFileName().toString(), StandardCharsets.UTF_8))
          .sorted()
          .toList();
    }
  }

  public boolean hasCluster(String cluster) {
    return Files.isDirectory(clusterFolder(cluster));
  }

  /** Who got the vote of a cluster last; nothing when nobody ever did. */
  public Optional<byte[]> vote(String cluster) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(clusterFolder(cluster).resolve(VOTE)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Keeps that durably. */
  public void keepVote(String cluster, byte[] content) throws IOException {
    DurableFiles.replace(clusterFolder(cluster).resolve(VOTE), content);
  }

  private Path clusterFolder(String cluster) {
    return folder.resolve("clusters").resolve(coded(cluster));
  }

  /** A name without any character that a file system could take for something else. */
  private static String coded(String cluster) {
    return URLEncoder.encode(cluster, StandardCharsets.UTF_8).replace(".", "%2E");
  }

  /**
   * @throws OperatorException when a cluster cannot be called so
   */
  public static void checkName(String cluster) {
    int bytes = cluster.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0
        || bytes > WitnessMessage.CLUSTER_MOST
        || cluster.codePoints().anyMatch(Character::isISOControl)
        || coded(cluster).length() > 250) {
      throw new OperatorException(
          ExitCode.USAGE,
          "a cluster name has 1 to %d bytes and no control characters, found %d bytes"
              .formatted(WitnessMessage.CLUSTER_MOST, bytes));
    }
  }
}
