package gatehouse.login;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Seal;
import gatehouse.http.Cookie;
import gatehouse.http.Request;
import gatehouse.json.Fields;
import java.time.Duration;

/**
 * Sign-ins between the first factor and the second: who it is, and what they have shown, sealed
 * into a cookie of the browser.
 *
 * <p>It is not a session and opens nothing but the pages that complete it. The server remembers
 * nothing, so people who give up cost nothing; where the browser wanted to go travels beside it, in
 * its {@link Continuation}. The cookie is removed at the end and otherwise expires; one that was
 * kept is worth no more than the first factor, of which it is the proof; a change of the password
 * ends it.
 */
public final class PendingSignIns {
  private static final String PURPOSE = "pending-sign-in";

  /** Enough to find the phone, or to install an app and set it up. */
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final Cookie cookie;
  private final Seal seal;
  private final Users users;

  /**
   * Pending sign-ins.
   *
   * @param issuer decides over the cookie's name and attributes
   */
  public PendingSignIns(String issuer, Seal seal, Users users) {
    this.cookie = Cookie.of("gatehouse_pending", issuer);
    this.seal = seal;
    this.users = users;
  }

  /** Somebody half-way. */
  public record Pending(User user, Evidence shown) {
  }

  /** Remembers how far the user has come; a {@code Set-Cookie} value. */
  String store(User user, Evidence shown) {
    return cookie.store(seal.seal(PURPOSE, new JsonObject()
        .add("user", user.name())
        .add("password", users.passwordVersion(user))
        .add("amr", Fields.array(shown.methods())).toString(), LIFETIME));
  }

  /** Who is half-way in this browser, or null. */
  public Pending find(Request request) {
    String sealed = cookie.read(request);
    String text = sealed == null ? null : seal.open(PURPOSE, sealed);
    if (text == null) {
      return null;
    }
    Fields fields = Fields.readObject(text);
    User user = users.find(fields.text("user"));
    return user == null || !users.passwordVersion(user).equals(fields.text("password")) ? null
        : new Pending(user, Evidence.of(fields.texts("amr")));
  }

  /** Forgets it; a {@code Set-Cookie} value. */
  String remove() {
    return cookie.remove();
  }
}
