package gatehouse.oauth;

import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.jose.KeyRing;

/** {@code /jwks}: the public keys (RFC 7517 §5), the one that signs now and its neighbours. */
public final class JwksEndpoint {
  /** Far below the lead with which a new key is published. */
  private static final String CACHE = "public, max-age=600";

  private final KeyRing keys;

  public JwksEndpoint(KeyRing keys) {
    this.keys = keys;
  }

  /** GET. */
  public Response handle(Request request) {
    return Response.json(200, keys.published().json()).with("Cache-Control", CACHE);
  }
}
