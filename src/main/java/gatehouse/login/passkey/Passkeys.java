package gatehouse.login.passkey;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import gatehouse.html.Text;
import gatehouse.http.Form;
import gatehouse.json.Fields;
import gatehouse.login.Evidence;
import gatehouse.login.SecondFactor;
import gatehouse.login.User;
import gatehouse.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everybody's passkeys: made and used by W3C Web Authentication Level 3 §7, and kept in the store.
 *
 * <p>One row per passkey, see {@link Passkey}, and one per person, so that theirs are found without
 * looking at all:
 *
 * <pre>
 *   passkey_users   "alice" → {"handle": "nE5…", "ids": ["-R85…", "EGwO…"]}
 * </pre>
 *
 * <p>The challenge of a ceremony is the SHA-256 of the token in the form around it ({@link
 * gatehouse.login.Csrf}): as random as that, known to this browser alone, and good once because the
 * token is (§13.4.3). Whoever calls {@link #add} or {@link #use} has accepted the token before.
 */
public final class Passkeys implements SecondFactor {
  /** A phone, a laptop, a few keys and those one has forgotten. */
  private static final int MAX_PER_USER = 20;

  private static final int MAX_NAME = 60;

  private static final String TABLE = "passkeys";
  private static final String BY_USER = "passkey_users";

  private final RelyingParty party;
  private final Store store;
  private final Clock clock;

  public Passkeys(RelyingParty party, Store store, Clock clock) {
    this.party = party;
    this.store = store;
    this.clock = clock;
  }

  /**
   * A passkey was used.
   *
   * @param user the name of its owner
   * @param verified whether the authenticator verified them
   */
  record Use(String user, boolean verified) {
    Evidence evidence() {
      return verified ? Evidence.VERIFIED_PASSKEY : Evidence.PASSKEY;
    }
  }

  @Override
  public String name() {
    return "passkey";
  }

  @Override
  public Text title() {
    return Text.of("factor.passkey");
  }

  @Override
  public Evidence gives() {
    return Evidence.PASSKEY;
  }

  @Override
  public String setUpPath() {
    return PasskeyPage.ACCOUNT_PATH;
  }

  @Override
  public boolean isSetUp(User user) {
    return !ids(user.name()).isEmpty();
  }

  /** The options of {@code navigator.credentials.get()} for the user, or for whoever comes. */
  @Override
  public Map<String, String> section(User user, String token) {
    return Map.of("options", PasskeyOptions.request(party, challenge(token),
        user == null ? List.of() : ids(user.name())).toString());
  }

  /** The options of {@code navigator.credentials.create()}. */
  String creationOptions(User user, String token) {
    return PasskeyOptions.creation(
        party, challenge(token), user, handle(user.name()), ids(user.name())).toString();
  }

  /**
   * Registers a passkey for the user.
   *
   * @throws Refused naming the check that failed
   */
  void add(User user, String token, Form form) {
    // Verified now, so that it may be believed later when it says so (§4, uvInitialized), and
    // every passkey here can sign in by itself.
    AuthenticatorData data = Registration.verify(party, challenge(token),
        Assertion.bytes(form, "clientDataJSON"), Assertion.bytes(form, "attestationObject"), true);
    Refused.unless(ids(user.name()).size() < MAX_PER_USER, Refusal.TOO_MANY);
    String id = Encoding.base64url(data.credential().id());
    Instant now = clock.instant();
    Passkey passkey = new Passkey(id, user.name(), name(form), data.credential().key(),
        data.counter(), data.isBackupEligible(), data.isBackedUp(), now, now);
    // §7.1 step 26: somebody else's id must not become mine, nor lead to me.
    Refused.unless(store.insertIfAbsent(TABLE, Passkey.rowKey(id), passkey.json(), Instant.MAX),
        Refusal.ALREADY_REGISTERED);
    changeIds(user.name(), id, true);
  }

  /**
   * Accepts the use of a passkey.
   *
   * @param user who has to be its owner, or null if the passkey is to say who it is
   * @param verified whether the authenticator must have verified them
   * @throws Refused naming the check that failed
   */
  Use use(User user, boolean verified, String token, Form form) {
    Assertion assertion = Assertion.of(form);
    while (true) {
      JsonObject row = store.get(TABLE, Passkey.rowKey(assertion.id()));
      Refused.unless(row != null, Refusal.UNKNOWN_CREDENTIAL);
      Passkey passkey = Passkey.read(row);
      // §7.2 step 6.
      Refused.unless(user == null || user.name().equals(passkey.user()), Refusal.WRONG_USER);
      AuthenticatorData data = assertion.verify(party, challenge(token), passkey,
          handle(passkey.user()), user != null, verified);
      Assertion.checkCounter(passkey.counter(), data.counter());
      // Whoever loses a race looks at the counter again: it is compared with the latest.
      if (store.replaceIfSame(TABLE, Passkey.rowKey(passkey.id()), row,
          passkey.used(data, clock.instant()).json(), Instant.MAX)) {
        return new Use(passkey.user(), data.isUserVerified());
      }
    }
  }

  /** The user's passkeys, in the order in which they were made. */
  List<Passkey> of(User user) {
    return ids(user.name()).stream().map(id -> store.get(TABLE, Passkey.rowKey(id)))
        .filter(Objects::nonNull).map(Passkey::read).toList();
  }

  /** Removes a passkey if it is the user's. */
  void remove(User user, String id) {
    if (ids(user.name()).contains(id)) {
      store.take(TABLE, Passkey.rowKey(id));
      changeIds(user.name(), id, false);
    }
  }

  /** Gives a passkey another name if it is the user's. */
  void rename(User user, String id, Form form) {
    String key = Passkey.rowKey(id);
    JsonObject row;
    do {
      row = store.get(TABLE, key);
    } while (row != null && row.get("user").asString().equals(user.name())
        && !store.replaceIfSame(TABLE, key, row,
            new JsonObject(row).set("name", name(form)), Instant.MAX));
  }

  private static String name(Form form) {
    String name = form.get("name", "").strip();
    return name.isEmpty() ? "Passkey" : name.substring(0, Math.min(MAX_NAME, name.length()));
  }

  static String challenge(String token) {
    return Encoding.base64url(Secrets.sha256(token.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> ids(String user) {
    JsonObject row = store.get(BY_USER, user);
    return row == null ? List.of() : Fields.of(row).texts("ids");
  }

  /** §14.6.1: random, as the authenticator shows it to whoever holds it without asking them. */
  private String handle(String user) {
    store.insertIfAbsent(BY_USER, user, new JsonObject().add("handle", Secrets.handle())
        .add("ids", Fields.array(List.of())), Instant.MAX);
    return store.get(BY_USER, user).get("handle").asString();
  }

  private void changeIds(String user, String id, boolean there) {
    handle(user);
    JsonObject before;
    JsonObject after;
    do {
      before = store.get(BY_USER, user);
      List<String> ids = new ArrayList<>(Fields.of(before).texts("ids"));
      ids.remove(id);
      if (there) {
        ids.add(id);
      }
      JsonValue handle = before.get("handle");
      after = new JsonObject().add("handle", handle).add("ids", Fields.array(ids));
    } while (!store.replaceIfSame(BY_USER, user, before, after, Instant.MAX));
  }
}
