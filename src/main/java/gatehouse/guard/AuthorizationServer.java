package gatehouse.guard;

import gatehouse.http.BackChannel;
import gatehouse.http.Urls;

/**
 * An authorization server elsewhere whose tokens are accepted: what the operator says about it. The
 * rest it says itself, in its metadata (RFC 8414, OpenID Connect Discovery).
 *
 * @param issuer exactly as in its metadata and in {@code iss} of its tokens
 * @param audience what its tokens must name as audience; null for the URL of the protected resource
 * @param clientId as whom it is asked about tokens (RFC 7662); null if its signature is enough
 * @param clientSecret for that
 */
public record AuthorizationServer(
    String issuer, String audience, String clientId, String clientSecret) {

  /** Checks what the operator has said. */
  public AuthorizationServer {
    boolean plain = BackChannel.mayBe(issuer) && Urls.parse(issuer).getRawQuery() == null
        && Urls.parse(issuer).getRawFragment() == null;
    if (!plain) {
      throw new IllegalArgumentException("the issuer of an authorization server is an https URL "
          + "without query and fragment (RFC 8414 §2); on this computer it may be http");
    }
    if ((clientId == null) != (clientSecret == null)) {
      throw new IllegalArgumentException(
          "to be asked about tokens, " + issuer + " wants a client id and a client secret");
    }
  }

  /** One that signs its tokens with keys that it publishes (RFC 9068 §4). */
  public static AuthorizationServer of(String issuer) {
    return new AuthorizationServer(issuer, null, null, null);
  }

  /**
   * The same, for tokens that name something else than the URL of the resource: not every server
   * knows RFC 8707.
   */
  public AuthorizationServer audience(String name) {
    return new AuthorizationServer(issuer, name, clientId, clientSecret);
  }

  /**
   * The same, asked about every token by introspection (RFC 7662 §2): it need not sign them, and a
   * revocation counts at once.
   */
  public AuthorizationServer asked(String asClientId, String secret) {
    return new AuthorizationServer(issuer, audience, asClientId, secret);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return issuer;
  }
}
