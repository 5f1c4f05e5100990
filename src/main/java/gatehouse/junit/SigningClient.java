package gatehouse.junit;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.jose.Jwk;
import gatehouse.jose.JwkSet;
import gatehouse.jose.Jws;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A client with a metadata document and a key, which proves itself at the token endpoint by {@code
 * private_key_jwt} (RFC 7523 §2.2). Its key set lies next to its document.
 */
public final class SigningClient {
  /** RFC 7523 §2.2: the value of {@code client_assertion_type}. */
  public static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /** An assertion is used at once. */
  private static final Duration LIFETIME = Duration.ofMinutes(1);

  private final String clientId;
  private final Clock clock;
  private final Supplier<KeyPair> keys = KeyPool.forOneOwner();
  private volatile KeyPair key = keys.get();

  SigningClient(String clientId, Clock clock) {
    this.clientId = clientId;
    this.clock = clock;
  }

  /** The address of its document. */
  public String clientId() {
    return clientId;
  }

  /**
   * A new {@code client_assertion}, good once and for a minute.
   *
   * @param audience the issuer of the server it is for
   */
  public String assertion(String audience) {
    long now = clock.instant().getEpochSecond();
    return Jws.sign(key.getPrivate(), jwk().kid(), "JWT", new JsonObject()
        .add("iss", clientId)
        .add("sub", clientId)
        .add("aud", audience)
        .add("iat", now)
        .add("exp", now + LIFETIME.toSeconds())
        .add("jti", Secrets.handle()));
  }

  /** Changes the key: the old one is gone from the key set, and the new one signs. */
  public void rotateKey() {
    key = keys.get();
  }

  JsonObject keys() {
    return new JwkSet(List.of(jwk())).json();
  }

  private Jwk jwk() {
    return Jwk.of((RSAPublicKey) key.getPublic());
  }
}
