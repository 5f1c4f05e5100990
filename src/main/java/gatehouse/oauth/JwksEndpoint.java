package gatehouse.oauth;

import gatehouse.http.Document;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.jose.JwkSet;
import gatehouse.jose.KeyRing;
import java.nio.charset.StandardCharsets;

/** {@code /jwks}: the public keys (RFC 7517 §5), the one that signs now and its neighbours. */
public final class JwksEndpoint {
  /** Far below the lead with which a new key is published. */
  private static final String CACHE = "public, max-age=600";

  private final KeyRing keys;
  private volatile Made made;

  /** The document for a set of keys, which changes when one is added or dropped. */
  private record Made(JwkSet keys, Document document) {
  }

  public JwksEndpoint(KeyRing keys) {
    this.keys = keys;
  }

  /** GET. */
  public Response handle(Request request) {
    JwkSet published = keys.published();
    Made current = made;
    if (current == null || !current.keys.equals(published)) {
      current = new Made(published, new Document("application/json",
          published.json().toString().getBytes(StandardCharsets.UTF_8), CACHE));
      made = current;
    }
    return current.document.handle(request);
  }
}
