package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.json.Fields;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Authorization codes (RFC 6749 §4.1.2): a handle for a minute, redeemed once.
 *
 * <p>A redeemed code is remembered for a while, because a second redemption means that somebody has
 * copied it, and the tokens of the first have to go (RFC 6749 §4.1.2, RFC 9700 §4.5).
 */
public final class Codes {
  private static final String TABLE = "codes";

  /** How long a redeemed code is recognised: a thief is quicker than this, or too late anyway. */
  private static final Duration MEMORY = Duration.ofHours(1);

  /**
   * What a code stands for.
   *
   * @param redirectUri as the request had it, or null if it had none
   * @param challenge S256 of the verifier
   * @param nonce for the ID token, or null
   */
  public record Code(String grantId, String clientId, String redirectUri, String challenge,
      String nonce) {
  }

  /** How an attempt to redeem ended. */
  public enum Outcome { REDEEMED, REPLAYED }

  private final Store store;
  private final Supplier<Policy> policy;
  private final Clock clock;

  public Codes(Store store, Supplier<Policy> policy, Clock clock) {
    this.store = store;
    this.policy = policy;
    this.clock = clock;
  }

  /** Makes a code. */
  public String issue(Code code) {
    String handle = Secrets.handle();
    JsonObject row = new JsonObject()
        .add("grant", code.grantId)
        .add("client", code.clientId)
        .add("redirect_uri", code.redirectUri)
        .add("challenge", code.challenge)
        .add("nonce", code.nonce)
        .add("until", clock.instant().plus(policy.get().codeLifetime()).getEpochSecond());
    store.put(TABLE, Secrets.hash(handle), row, clock.instant().plus(MEMORY));
    return handle;
  }

  /** What the code stands for, or null if it is unknown; redeemed and late ones are known too. */
  public Code find(String handle) {
    JsonObject row = store.get(TABLE, Secrets.hash(handle));
    if (row == null) {
      return null;
    }
    Fields fields = Fields.of(row);
    return new Code(fields.text("grant"), fields.text("client"), fields.text("redirect_uri"),
        fields.text("challenge"), fields.text("nonce"));
  }

  /** Whether the code's minute has passed. */
  public boolean isLate(String handle) {
    JsonObject row = store.get(TABLE, Secrets.hash(handle));
    return row == null || row.get("until").asLong() <= clock.instant().getEpochSecond();
  }

  /** Redeems the code: of all who try, one is {@link Outcome#REDEEMED}. */
  public Outcome redeem(String handle) {
    String key = Secrets.hash(handle);
    JsonObject row = store.get(TABLE, key);
    if (row == null || row.get("used") != null) {
      return Outcome.REPLAYED;
    }
    JsonObject used = new JsonObject(row).add("used", true);
    return store.replaceIfSame(TABLE, key, row, used, clock.instant().plus(MEMORY))
        ? Outcome.REDEEMED : Outcome.REPLAYED;
  }
}
