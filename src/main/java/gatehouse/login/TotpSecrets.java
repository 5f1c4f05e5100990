package gatehouse.login;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.Seal;
import gatehouse.crypto.Secrets;
import gatehouse.html.Text;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Whose authenticator app holds which secret; a code is good once (RFC 6238 §5.2).
 *
 * <pre>
 *   totp        "alice" → {"secret": sealed for alice}
 *   totp_used   "alice/58900000" → {}            until the step has passed
 * </pre>
 *
 * <p>A secret has to be readable again, so it is sealed and not hashed: a leaked copy of this table
 * alone says nothing. It does not count wrong guesses; whoever asks does.
 */
public final class TotpSecrets implements SecondFactor {
  /** RFC 4226 §4 (R6) recommends 160 bits, which is 32 characters in base32 without a rest. */
  private static final int SECRET_BYTES = 20;

  private static final String TABLE = "totp";
  private static final String USED = "totp_used";

  /** Until the user removes it. */
  private static final Duration FOR_GOOD = Duration.ofDays(36_500);

  /** How long a code could be sent again: the steps around it, twice over. */
  private static final Duration REMEMBERED = Duration.ofMinutes(3);

  private final Store store;
  private final Seal seal;
  private final Clock clock;

  public TotpSecrets(Store store, Seal seal, Clock clock) {
    this.store = store;
    this.seal = seal;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "totp";
  }

  @Override
  public Text title() {
    return Text.of("factor.totp");
  }

  @Override
  public Evidence gives() {
    return Evidence.CODE;
  }

  @Override
  public String setUpPath() {
    return TotpPage.PATH;
  }

  @Override
  public boolean isSetUp(User user) {
    return store.get(TABLE, user.name()) != null;
  }

  @Override
  public Map<String, String> section(User user, String token) {
    return Map.of();
  }

  /** A new secret, which is nobody's until {@link #confirm}. */
  static byte[] fresh() {
    return Secrets.random(SECRET_BYTES);
  }

  /** Keeps the secret if the code shows that an app holds it; whether it does. */
  boolean confirm(User user, byte[] secret, String code) {
    if (!isGood(user, secret, code)) {
      return false;
    }
    store.put(TABLE, user.name(), new JsonObject().add("secret",
        seal.seal(purpose(user), Encoding.base64url(secret), FOR_GOOD)), Instant.MAX);
    return true;
  }

  /** Whether the code is that of the user's app, and comes for the first time. */
  boolean accept(User user, String code) {
    JsonObject row = store.get(TABLE, user.name());
    String secret = row == null ? null
        : seal.open(purpose(user), row.get("secret").asString());
    return secret != null && isGood(user, Encoding.bytes(secret), code);
  }

  /** Forgets the secret. */
  void remove(User user) {
    store.take(TABLE, user.name());
  }

  private boolean isGood(User user, byte[] secret, String code) {
    // Apps show the six digits in two groups, and people type what they see.
    long step = Totp.find(secret, code.replace(" ", ""), clock.instant().getEpochSecond());
    // RFC 6238 §5.2: "The verifier MUST NOT accept the second attempt of the OTP".
    return step >= 0 && store.insertIfAbsent(USED, user.name() + "/" + step, new JsonObject(),
        clock.instant().plus(REMEMBERED));
  }

  private static String purpose(User user) {
    return "totp/" + user.name();
  }
}
