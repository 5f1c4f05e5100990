package gatehouse.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import gatehouse.crypto.Encoding;
import gatehouse.json.Fields;
import java.math.BigInteger;
import java.text.ParseException;
import java.util.List;
import java.util.Set;

/** A stranger's key set: a key that we accept is the one that Nimbus reads. */
public final class JwkFuzz {
  private JwkFuzz() {
  }

  public static void fuzzerTestOneInput(byte[] data) {
    Jwk key;
    Fields json;
    try {
      json = Fields.readObject(data);
      key = Jwk.read(json);
    } catch (Fields.Malformed e) {
      return;
    }
    if (key == null) {
      return;
    }
    assertTrue(Set.of("RS256", "ES256").contains(key.alg()));
    try {
      // Only what makes the key: Nimbus has opinions on the other members.
      JWK other = JWK.parse(new Jwk("id", key.alg(), key.key()).json().toString());
      assertEquals(((AsymmetricJWK) other).toPublicKey(), key.key());
      assertEquals(other.computeThumbprint().toString(), Jwk.thumbprint(key.key()));
      for (String name : key.alg().equals("RS256") ? List.of("n", "e") : List.of("x", "y")) {
        assertEquals(new BigInteger(1, Encoding.bytes(json.text(name))),
            new BigInteger(1, Encoding.bytes(key.json().getString(name, ""))), name);
      }
    } catch (ParseException | JOSEException e) {
      throw new AssertionError("only we take this for a key", e);
    }
    Jwk again = Jwk.read(Fields.of(new Jwk("id", key.alg(), key.key()).json()));
    assertEquals(key.key(), again.key());
  }
}
