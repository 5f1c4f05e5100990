package gatehouse.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.eclipsesource.json.JsonObject;
import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.util.Base64URL;
import gatehouse.crypto.Encoding;
import gatehouse.json.Fields;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * Two readings of the input: as a token of a stranger, taken apart like Nimbus does; and as a list
 * of changes to a good token, which then must not verify any more.
 */
public final class JwtFuzz {
  private static final Clock NOON = Clock.fixed(Instant.ofEpochSecond(1_000_000), ZoneOffset.UTC);
  private static final String GOOD;
  private static final JwtValidator VALIDATOR;

  static {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      Jwk key = Jwk.of((RSAPublicKey) pair.getPublic());
      VALIDATOR = new JwtValidator(Set.of("at+jwt"), "https://as", Set.of("https://rs"),
          new JwkSet(List.of(key)), NOON);
      GOOD = Jws.sign(pair.getPrivate(), key.kid(), "at+jwt", new JsonObject()
          .add("iss", "https://as").add("aud", "https://rs").add("sub", "alice")
          .add("iat", 1_000_000).add("exp", 1_000_060));
      VALIDATOR.validate(GOOD);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private JwtFuzz() {
  }

  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    assertThrows(Fields.Malformed.class, () -> VALIDATOR.validate(text));
    String changed = changed(data);
    if (!changed.equals(GOOD)) {
      assertThrows(Fields.Malformed.class, () -> VALIDATOR.validate(changed), changed);
    }
    try {
      Jwt jwt = Jwt.parse(text);
      Base64URL[] parts = JOSEObject.split(text);
      assertEquals(Fields.readObject(parts[0].decode()).json(), jwt.header().json());
      assertEquals(Fields.readObject(parts[1].decode()).json(), jwt.unverifiedClaims().json());
      assertEquals(parts[2].toString(), Encoding.base64url(jwt.signature()));
    } catch (Fields.Malformed e) {
      // Refused, as most inputs are.
    } catch (ParseException e) {
      throw new AssertionError("only we take this for a JWT", e);
    }
  }

  /** Each three bytes: where, what, and whether it replaces, goes before, or cuts off there. */
  private static String changed(byte[] data) {
    StringBuilder token = new StringBuilder(GOOD);
    for (int i = 0; i + 2 < data.length && i < 30; i += 3) {
      int at = ((data[i] & 0xff) * 5 + (data[i + 2] & 0x3f)) % token.length();
      char c = (char) (data[i + 1] & 0xff);
      switch (data[i + 2] >> 6 & 3) {
        case 0 -> token.insert(at, c);
        case 1 -> token.setLength(Math.max(1, at));
        default -> token.setCharAt(at, c);
      }
    }
    return token.toString();
  }
}
