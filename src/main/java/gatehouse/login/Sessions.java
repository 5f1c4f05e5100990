package gatehouse.login;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.http.Cookie;
import gatehouse.http.Request;
import gatehouse.json.Fields;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Who is signed in at which browser. A session begins with a fresh id at every sign-in, so that an
 * id planted before is worth nothing (session fixation), and is stored by its hash.
 */
public final class Sessions {
  private static final String TABLE = "sessions";

  /**
   * A session.
   *
   * @param key the hash of its id: what other rows refer to
   * @param authTime when the user last proved who they are
   * @param shown how they did
   */
  public record Session(String key, User user, Instant authTime, Evidence shown) {
  }

  private final Store store;
  private final Users users;
  private final Cookie cookie;
  private final Supplier<Duration> lifetime;
  private final Clock clock;

  /**
   * Sessions in the store.
   *
   * @param issuer decides over the cookie's name and attributes
   * @param lifetime from sign-in to the end
   */
  public Sessions(Store store, Users users, String issuer, Supplier<Duration> lifetime,
      Clock clock) {
    this.store = store;
    this.users = users;
    this.cookie = Cookie.of("gatehouse_session", issuer);
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** Begins a session and ends the one the browser had; returns the {@code Set-Cookie} value. */
  public String begin(Request request, User user, Evidence shown) {
    end(request);
    String id = Secrets.handle();
    Instant now = clock.instant();
    store.put(TABLE, Secrets.hash(id), new JsonObject()
        .add("user", user.name())
        .add("auth_time", now.toEpochMilli())
        .add("amr", Fields.array(shown.methods())), now.plus(lifetime.get()));
    return cookie.store(id);
  }

  /** The session of the request, or null. */
  public Session find(Request request) {
    String id = cookie.read(request);
    if (id == null) {
      return null;
    }
    String key = Secrets.hash(id);
    JsonObject row = store.get(TABLE, key);
    User user = row == null ? null : users.find(row.get("user").asString());
    return user == null ? null
        : new Session(key, user, Instant.ofEpochMilli(row.get("auth_time").asLong()),
            Evidence.of(Fields.of(row).texts("amr")));
  }

  /** Ends the session of the request, if it has one; returns the {@code Set-Cookie} value. */
  public String end(Request request) {
    String id = cookie.read(request);
    if (id != null) {
      store.take(TABLE, Secrets.hash(id));
    }
    return cookie.remove();
  }
}
