package gatehouse.login;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Seal;
import gatehouse.http.Urls;
import gatehouse.json.Fields;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a browser goes on after signing in: one of our own addresses with its query, sealed.
 *
 * <p>Sealed, so that nobody can make the login page lead elsewhere (open redirect), and so that the
 * server keeps nothing for people who never come back. What it leads to is parsed again from
 * nothing.
 *
 * @param path one of our paths
 * @param query its parameters in encoded form
 * @param since a sign-in before this moment does not count ({@code prompt=login}, {@code max_age});
 *     {@link Instant#EPOCH} if any does
 */
public record Continuation(String path, String query, Instant since) {
  /** The parameter that carries it. */
  public static final String PARAMETER = "continue";

  private static final String PURPOSE = "continue";

  /** As long as a form lives, and a little more. */
  private static final Duration LIFETIME = Duration.ofMinutes(70);

  /** The sealed form. */
  public String seal(Seal seal) {
    return seal.seal(PURPOSE, new JsonObject()
        .add("path", path)
        .add("query", query)
        .add("since", since.toEpochMilli()).toString(), LIFETIME);
  }

  /** The continuation, or null if the text is not one of ours or has expired. */
  public static Continuation open(Seal seal, String sealed) {
    String text = sealed == null ? null : seal.open(PURPOSE, sealed);
    if (text == null) {
      return null;
    }
    Fields fields = Fields.readObject(text);
    return new Continuation(fields.text("path"), fields.text("query"),
        Instant.ofEpochMilli(fields.number("since", 0)));
  }

  /** The address under the issuer to which the browser is sent. */
  public String url(String issuer, Seal seal) {
    return Urls.append(issuer + path, PARAMETER, seal(seal));
  }

  /** The address of the login page that leads there. */
  public String loginUrl(String issuer, Seal seal) {
    return Urls.append(issuer + "/login", PARAMETER, seal(seal));
  }
}
