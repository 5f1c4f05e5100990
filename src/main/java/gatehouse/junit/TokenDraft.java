package gatehouse.junit;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Encoding;
import gatehouse.jose.Jws;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;

/** A token before it is signed: what {@link Flaw} spoils. */
final class TokenDraft {
  /** Our own clock's moment, in seconds since 1970. */
  final long now;
  final String clientId;
  final JsonObject claims;
  String type;
  String keyId;
  PrivateKey key;
  boolean unsigned;
  boolean tampered;

  TokenDraft(
      long now, String clientId, JsonObject claims, String type, String keyId, PrivateKey key) {
    this.now = now;
    this.clientId = clientId;
    this.claims = claims;
    this.type = type;
    this.keyId = keyId;
    this.key = key;
  }

  /** The token in compact form. */
  String sign() {
    if (unsigned) {
      return encode(new JsonObject().add("alg", "none").add("typ", type)) + "."
          + encode(claims) + ".";
    }
    String token = Jws.sign(key, keyId, type, claims);
    if (!tampered) {
      return token;
    }
    JsonObject other = new JsonObject(claims).set("sub", "mallory");
    return token.substring(0, token.indexOf('.') + 1) + encode(other)
        + token.substring(token.lastIndexOf('.'));
  }

  private static String encode(JsonObject json) {
    return Encoding.base64url(json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
