package gatehouse.login;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.jose.VerifiedJwt;
import gatehouse.json.Fields;
import gatehouse.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Who at an upstream provider is which user here. Issuer and subject together are the only thing
 * that stays with a person (OpenID Connect Core §5.7); e-mail addresses and names change hands.
 *
 * <pre>
 *   key   SHA-256 of the issuer and the subject
 *   row   {"iss": "https://idp.example", "sub": "1234", "user": "alice"}
 *         and, for a user who came into being that way: "name", "email"
 * </pre>
 */
public final class UpstreamLinks {
  private static final String TABLE = "upstream_links";

  private final Store store;
  private final Users users;
  private final Function<String, User> byEmail;

  /**
   * Links in the store.
   *
   * @param byEmail the one user with that e-mail address, or null if there is none or several
   */
  public UpstreamLinks(Store store, Users users, Function<String, User> byEmail) {
    this.store = store;
    this.users = users;
    this.byEmail = byEmail;
  }

  /** At start: users who came into being by signing in elsewhere exist again. */
  public void restore() {
    store.scan(TABLE, (key, json) -> {
      Fields row = Fields.of(json);
      if (row.has("name") && users.find(row.text("user")) == null) {
        users.add(new User(row.text("user"), row.text("name"), row.text("email"), null));
      }
    });
  }

  /** A link that the operator has configured. */
  public void add(String issuer, String subject, String user) {
    store.put(TABLE, key(issuer, subject), row(issuer, subject, user), Instant.MAX);
  }

  /**
   * Somebody's link.
   *
   * @param isOrigin whether the user came into being by it
   */
  record Link(String key, String issuer, String subject, boolean isOrigin) {
  }

  /** The user's links; it looks at all there are. */
  List<Link> of(User user) {
    List<Link> found = new ArrayList<>();
    store.scan(TABLE, (key, json) -> {
      Fields row = Fields.of(json);
      if (row.text("user").equals(user.name())) {
        found.add(new Link(key, row.text("iss"), row.text("sub"), row.has("name")));
      }
    });
    return found;
  }

  /** Links a user who has asked for it; false if it is somebody's already. */
  boolean link(UpstreamProvider provider, String subject, User user) {
    return store.insertIfAbsent(TABLE, key(provider.issuer(), subject),
        row(provider.issuer(), subject, user.name()), Instant.MAX);
  }

  /** Removes a link if it is the user's; whether it was. */
  boolean remove(User user, String key) {
    JsonObject row = store.get(TABLE, key);
    return row != null && row.get("user").asString().equals(user.name())
        && store.take(TABLE, key) != null;
  }

  /**
   * The user whom the token speaks of: linked before, or now if the operator allows it; otherwise
   * null.
   */
  User find(UpstreamProvider provider, VerifiedJwt token) {
    String subject = token.subject();
    JsonObject row = store.get(TABLE, key(provider.issuer(), subject));
    if (row != null) {
      return users.find(row.get("user").asString());
    }
    return switch (provider.unknown()) {
      case REFUSE -> null;
      case LINK_BY_EMAIL -> linked(provider, subject, verifiedEmail(token));
      case CREATE -> created(provider, subject, token);
    };
  }

  private User linked(UpstreamProvider provider, String subject, String email) {
    User user = email == null ? null : byEmail.apply(email);
    if (user != null) {
      add(provider.issuer(), subject, user.name());
    }
    return user;
  }

  /** Their name here is made of what stays the same, so it can never become somebody else's. */
  private User created(UpstreamProvider provider, String subject, VerifiedJwt token) {
    String email = verifiedEmail(token);
    String name = provider.id() + ":" + subject;
    if (name.length() > 255 || !name.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      name = provider.id() + ":" + Secrets.hash(subject);
    }
    if (users.find(name) != null) {
      return null; // the operator has a user of that name, who is somebody else
    }
    String displayName = token.claims().text("name", email == null ? name : email);
    User user = new User(name, displayName, email, null);
    JsonObject row = row(provider.issuer(), subject, name).add("name", displayName);
    if (email != null) {
      row.add("email", email);
    }
    store.put(TABLE, key(provider.issuer(), subject), row, Instant.MAX);
    users.add(user);
    return user;
  }

  /** OpenID Connect Core §5.1: without {@code email_verified}, anybody may have claimed it. */
  private static String verifiedEmail(VerifiedJwt token) {
    Fields claims = token.claims();
    return claims.flag("email_verified", false) ? claims.text("email") : null;
  }

  private static String key(String issuer, String subject) {
    return Secrets.hash(issuer + "\n" + subject);
  }

  private static JsonObject row(String issuer, String subject, String user) {
    return new JsonObject().add("iss", issuer).add("sub", subject).add("user", user);
  }
}
