package gatehouse.login;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Cookie;
import gatehouse.http.Request;
import gatehouse.json.Fields;
import gatehouse.store.OwnedRows;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who is signed in at which browser. A session begins with a fresh id at every sign-in, so that an
 * id planted before is worth nothing (session fixation), and is stored by its hash.
 *
 * <p>Its row is looked for at every request, so one that has ended opens nothing from then on. When
 * it was last seen is written down coarsely: a page should not cost a write.
 */
public final class Sessions {
  /** As long as it takes to read, and to find the other device. */
  private static final Duration RECENT = Duration.ofMinutes(15);

  /** Fine enough for a person who asks "was that me?". */
  private static final Duration SEEN_EVERY = Duration.ofMinutes(5);

  /**
   * A session.
   *
   * @param key the hash of its id: what other rows refer to
   * @param authTime when the user last proved who they are
   * @param shown how they did
   */
  public record Session(String key, User user, Instant authTime, Evidence shown) {
    /** Whether the sign-in is of late, as for what a browser left open must not do. */
    public boolean isRecent(Instant now) {
      return authTime.plus(RECENT).isAfter(now);
    }
  }

  /**
   * A session as its user looks at it later.
   *
   * @param device of the browser, or empty
   * @param begun when the user signed in
   * @param seen when it was last used, to five minutes
   */
  record Listed(String key, String device, Instant begun, Instant seen) {
  }

  private final OwnedRows rows;
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
    this.rows = new OwnedRows(store, "sessions");
    this.users = users;
    this.cookie = Cookie.of("gatehouse_session", issuer);
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** Begins a session and ends the one the browser had; returns the {@code Set-Cookie} value. */
  public String begin(Request request, User user, Evidence shown) {
    end(request);
    Instant now = clock.instant();
    return write(new JsonObject()
        .add("user", user.name())
        .add("auth_time", now.toEpochMilli())
        .add("amr", Fields.array(shown.methods()))
        .add("device", Device.of(request))
        .add("seen", now.toEpochMilli())
        .add("ends", now.plus(lifetime.get()).toEpochMilli()));
  }

  /** The session of the request, or null. */
  public Session find(Request request) {
    String id = cookie.read(request);
    if (id == null) {
      return null;
    }
    String key = rows.hashed(id);
    JsonObject row = rows.get(key);
    User user = row == null ? null : users.find(row.get("user").asString());
    if (user == null) {
      return null;
    }
    long now = clock.millis();
    if (now - row.get("seen").asLong() >= SEEN_EVERY.toMillis()) {
      // Not put: a session that is being ended must not come back.
      rows.replaceIfSame(key, row, new JsonObject(row).set("seen", now), ends(row));
    }
    return new Session(key, user, Instant.ofEpochMilli(row.get("auth_time").asLong()),
        Evidence.of(Fields.of(row).texts("amr")));
  }

  /** Ends the session of the request, if it has one; returns the {@code Set-Cookie} value. */
  public String end(Request request) {
    String id = cookie.read(request);
    if (id != null) {
      rows.take(rows.hashed(id));
    }
    return cookie.remove();
  }

  /** The same session under a fresh id: whoever has a copy of the old one has nothing. */
  String renew(Request request) {
    String id = cookie.read(request);
    JsonObject row = id == null ? null : rows.take(rows.hashed(id));
    return row == null ? cookie.remove() : write(row);
  }

  /** The user's sessions, the one seen last first. */
  List<Listed> of(User user) {
    List<Listed> found = new ArrayList<>();
    rows.scan(user.name(), (key, row) -> {
      if (row.get("user").asString().equals(user.name())) {
        found.add(new Listed(key, row.get("device").asString(),
            Instant.ofEpochMilli(row.get("auth_time").asLong()),
            Instant.ofEpochMilli(row.get("seen").asLong())));
      }
    });
    found.sort(Comparator.comparing(Listed::seen).thenComparing(Listed::begun).reversed());
    return found;
  }

  /** Ends the session if it is the user's; whether it was. */
  boolean end(User user, String key) {
    JsonObject row = rows.get(key);
    return row != null && row.get("user").asString().equals(user.name())
        && rows.take(key) != null;
  }

  /** Ends all of the user's sessions but this one; how many there were. */
  int endOthers(Session session) {
    int ended = 0;
    for (Listed other : of(session.user())) {
      if (!other.key.equals(session.key) && end(session.user(), other.key)) {
        ended++;
      }
    }
    return ended;
  }

  /** Ends all of the user's sessions. */
  public void endAll(User user) {
    of(user).forEach(session -> end(user, session.key));
  }

  private String write(JsonObject row) {
    String id = rows.newKey(row.get("user").asString());
    rows.put(rows.hashed(id), row, ends(row));
    return cookie.store(id);
  }

  private static Instant ends(JsonObject row) {
    return Instant.ofEpochMilli(row.get("ends").asLong());
  }
}
