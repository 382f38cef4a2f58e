package org.ringward.ring.witness;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which node of which cluster a certificate is for: its alternative name is a URI such as
 * ringward-node:alpha/3.
 */
public record NodeIdentity(String cluster, int node) {
  private static final Pattern URI = Pattern.compile("ringward-node:([^/]+)/([1-9]\\d{0,9})");
  private static final int TYPE_URI = 6;

  String uri() {
    return "ringward-node:" + URLEncoder.encode(cluster, StandardCharsets.UTF_8) + "/" + node;
  }

  /** Null when the certificate is not a node's. */
  public static @Nullable NodeIdentity of(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        if (Integer.valueOf(TYPE_URI).equals(name.get(0)) && name.get(1) instanceof String uri) {
          Matcher matcher = URI.matcher(uri);
          if (matcher.matches()) {
            return new NodeIdentity(
                URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8),
                Integer.parseInt(matcher.group(2)));
          }
        }
      }
      return null;
    } catch (CertificateParsingException | IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return "node " + node + " of cluster " + cluster;
  }
}
