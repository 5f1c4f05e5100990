package gatehouse.jose;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.json.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of public keys (RFC 7517 §5): ours as we publish it, or somebody else's as we read it.
 *
 * @param keys in the order of the document
 */
public record JwkSet(List<Jwk> keys) implements JwtValidator.Keys {
  /** More keys than anybody rotates at once; each candidate costs a verification. */
  private static final int MAX_KEYS = 20;

  /** A copy that nobody can change. */
  public JwkSet {
    keys = List.copyOf(keys);
  }

  /**
   * Reads a set, leaving out keys of kinds we do not know (RFC 7517 §5).
   *
   * @throws Fields.Malformed if it is no set, has too many keys, or one of ours is broken
   */
  public static JwkSet read(Fields json) {
    List<Jwk> keys = new ArrayList<>();
    List<Fields> members = json.objects("keys");
    if (members.size() > MAX_KEYS) {
      throw new Fields.Malformed("'keys' may have at most " + MAX_KEYS + " members");
    }
    for (Fields member : members) {
      Jwk key = Jwk.read(member);
      if (key != null) {
        keys.add(key);
      }
    }
    return new JwkSet(keys);
  }

  /** The document. */
  public JsonObject json() {
    JsonArray array = new JsonArray();
    keys.forEach(key -> array.add(key.json()));
    return new JsonObject().add("keys", array);
  }

  /** The keys that may have signed: those of that id, or all of the algorithm if there is no id. */
  @Override
  public List<Jwk> candidates(String kid, String alg) {
    List<Jwk> found = new ArrayList<>();
    for (Jwk key : keys) {
      if (key.alg().equals(alg) && (kid == null || kid.equals(key.kid()))) {
        found.add(key);
      }
    }
    return found;
  }
}
