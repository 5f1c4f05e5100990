package gatehouse.login;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Seal;
import gatehouse.crypto.Secrets;
import gatehouse.http.Cookie;
import gatehouse.http.Request;
import gatehouse.json.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Browsers in which people have signed in before, each known by a sealed cookie that names them.
 *
 * <p>It signs nobody in. It tells the owner of an account from strangers who guess at it, so that
 * these can be slowed down without the owner noticing. The server remembers nothing, and signing
 * out does not take it away.
 */
public final class KnownBrowsers {
  private static final String PURPOSE = "known-browser";

  /** Browsers keep no cookie much longer; every sign-in begins it anew. */
  private static final Duration LIFETIME = Duration.ofDays(365);

  /** A family's computer; who signed in longest ago goes first. */
  private static final int MOST_PEOPLE = 8;

  private final Cookie cookie;
  private final Seal seal;

  /**
   * Known browsers.
   *
   * @param issuer decides over the cookie's name and attributes
   */
  public KnownBrowsers(String issuer, Seal seal) {
    this.cookie = Cookie.of("gatehouse_known", issuer);
    this.seal = seal;
  }

  private record Known(String id, List<String> people) {
  }

  /** What this browser is called, if whoever has that name has signed in here before; or null. */
  public String find(Request request, String name) {
    Known known = read(request);
    return known.people.contains(name) ? known.id : null;
  }

  /** The user has signed in: a {@code Set-Cookie} value. */
  String remember(Request request, User user) {
    Known before = read(request);
    List<String> people = new ArrayList<>(before.people);
    people.remove(user.name());
    people.add(user.name());
    return cookie.keep(seal.seal(PURPOSE, new JsonObject()
        .add("id", before.id)
        .add("people", Fields.array(
            people.subList(Math.max(0, people.size() - MOST_PEOPLE), people.size())))
        .toString(), LIFETIME), LIFETIME);
  }

  private Known read(Request request) {
    String sealed = cookie.read(request);
    String text = sealed == null ? null : seal.open(PURPOSE, sealed);
    if (text == null) {
      return new Known(Secrets.handle(), List.of());
    }
    Fields fields = Fields.readObject(text);
    return new Known(fields.text("id"), fields.texts("people"));
  }
}
