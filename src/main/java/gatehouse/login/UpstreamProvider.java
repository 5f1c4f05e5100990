package gatehouse.login;

import gatehouse.http.BackChannel;
import gatehouse.http.Urls;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An OpenID provider at which people may sign in instead: what the operator has said about it.
 *
 * @param id in our addresses: its redirect URI is {@code ISSUER/login/upstream/ID/callback}
 * @param title on the button
 * @param issuer exactly as in its tokens
 * @param clientSecret or null for a public client
 * @param scopes asked for; {@code openid} always is
 * @param unknown what happens to somebody who is not linked to a user yet
 * @param believesSeveral whether its {@code mfa} (RFC 8176) spares people the second factor here
 */
public record UpstreamProvider(String id, String title, String issuer, String clientId,
    String clientSecret, Set<String> scopes, Unknown unknown, boolean believesSeveral) {

  /** What happens to somebody who is not linked to a user yet. */
  public enum Unknown {
    /** They cannot sign in. */
    REFUSE,
    /**
     * They are linked to the user who has the same e-mail address, if the provider says that it is
     * verified. Only for a provider that decides itself who gets which address.
     */
    LINK_BY_EMAIL,
    /** They become a user. */
    CREATE
  }

  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}");

  /** Checks what the operator has said. */
  public UpstreamProvider {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "an upstream id has 1 to 32 small letters, digits and hyphens");
    }
    URI uri = Urls.parse(issuer);
    // OpenID Connect Core §2: https. On this computer, for tests, http will do.
    if (!BackChannel.mayBe(issuer) || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("the issuer of upstream " + id + " is not an https URL");
    }
    Set<String> all = new LinkedHashSet<>(List.of("openid"));
    all.addAll(scopes);
    scopes = Set.copyOf(all);
  }

  /** With the usual scopes. */
  public static UpstreamProvider of(String id, String title, String issuer, String clientId,
      String clientSecret, Unknown unknown) {
    return new UpstreamProvider(id, title, issuer, clientId, clientSecret,
        Set.of("profile", "email"), unknown, false);
  }
}
