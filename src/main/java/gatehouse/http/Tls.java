package gatehouse.http;

import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * How the server speaks TLS: versions 1.3 and 1.2 with forward secrecy (RFC 9325 §3 and §4), and
 * with whatever key and certificate it has at the moment.
 *
 * <p>They can be exchanged while it runs: connections that stand go on, every handshake from then
 * on shows the new certificate. Where they come from is not its business.
 */
public final class Tls {

  /** A private key, and its certificate followed by those that lead to an authority. */
  public record Identity(PrivateKey key, List<X509Certificate> chain) {

    /** A copy that nobody can change. */
    public Identity {
      chain = List.copyOf(chain);
    }

    /** Until when the certificate is good. */
    public Instant ends() {
      return chain.get(0).getNotAfter().toInstant();
    }

    String fingerprint() {
      return Tls.fingerprint(chain.get(0));
    }
  }

  private final SSLContext context;
  private final SSLParameters parameters;
  private final Keys keys = new Keys();

  /** Without an identity yet: {@link #present} has to come before the first connection. */
  public Tls() {
    try {
      context = SSLContext.getInstance("TLS");
      // No trust managers: clients show no certificates here.
      context.init(new KeyManager[] {keys}, null, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
    parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setCipherSuites(Arrays.stream(parameters.getCipherSuites())
        .filter(Tls::isForwardSecret).toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
  }

  /** Shows this identity from the next handshake on. */
  public void present(Identity identity) {
    keys.previous = keys.current;
    keys.current = identity;
  }

  /** What is shown now, or null. */
  public Identity presented() {
    return keys.current;
  }

  /** SHA-256 of a certificate, as {@code openssl x509 -fingerprint -sha256} writes it. */
  public static String fingerprint(X509Certificate certificate) {
    String hex;
    try {
      hex = Encoding.hex(Secrets.sha256(certificate.getEncoded())).toUpperCase(Locale.ROOT);
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate without bytes", e);
    }
    StringBuilder text = new StringBuilder(hex.substring(0, 2));
    for (int i = 2; i < hex.length(); i += 2) {
      text.append(':').append(hex, i, i + 2);
    }
    return text.toString();
  }

  SSLContext context() {
    return context;
  }

  SSLParameters parameters() {
    return parameters;
  }

  /** RFC 9325 §4.2: an ephemeral key exchange and authenticated encryption. */
  private static boolean isForwardSecret(String suite) {
    boolean modern = suite.startsWith("TLS_AES_") || suite.startsWith("TLS_CHACHA20_");
    return modern || suite.startsWith("TLS_ECDHE_")
        && (suite.contains("_GCM_") || suite.contains("_CHACHA20_"));
  }

  /**
   * The key manager. A handshake asks for a name first, and then for what belongs to it; the name
   * is the fingerprint, so that an exchange in between mixes nothing up.
   */
  private static final class Keys extends X509ExtendedKeyManager {
    private volatile Identity current;
    private volatile Identity previous;

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
      Identity identity = current;
      return identity != null && identity.key.getAlgorithm().equals(type)
          ? identity.fingerprint() : null;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      Identity identity = find(alias);
      return identity == null ? null : identity.key;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      Identity identity = find(alias);
      return identity == null ? null : identity.chain.toArray(X509Certificate[]::new);
    }

    private Identity find(String alias) {
      for (Identity identity : Arrays.asList(current, previous)) {
        if (identity != null && identity.fingerprint().equals(alias)) {
          return identity;
        }
      }
      return null;
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return chooseEngineServerAlias(type, issuers, null);
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      String alias = chooseEngineServerAlias(type, issuers, null);
      return alias == null ? null : new String[] {alias};
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return null;
    }
  }
}
