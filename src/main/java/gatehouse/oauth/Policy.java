package gatehouse.oauth;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How long things last, and what is allowed: the operator's decisions, each with its default.
 *
 * @param codeLifetime RFC 6749 §4.1.2 allows ten minutes; a redirect takes seconds
 * @param accessTokenLifetime short, since a resource elsewhere cannot ask whether it was revoked
 * @param refreshTokenIdle a refresh token that nobody uses for this long is forgotten
 * @param grantLifetime after this the user is asked again, however busy the client
 * @param refreshWindow within this the same client asking the same gets the same answer again
 * @param sessionLifetime from sign-in to the next one
 * @param silentForAnyClient whether a remembered consent also spares the question for clients that
 *     an impostor could stand in for, such as every client on loopback
 * @param accessTokenType {@code at+jwt} (RFC 9068 §2.1), or {@code JWT} for verifiers that cannot
 *     be taught
 */
public record Policy(
    Duration codeLifetime,
    Duration accessTokenLifetime,
    Duration refreshTokenIdle,
    Duration grantLifetime,
    Duration refreshWindow,
    Duration sessionLifetime,
    boolean silentForAnyClient,
    String accessTokenType) {

  private static final List<String> LIFETIMES = List.of(
      "code", "access-token", "refresh-token", "grant", "refresh-window", "session");

  /**
   * RFC 6749 §4.1.2 for codes; a token must end while the key that signed it is still published, and
   * a window for repeating an answer must not become a life of its own.
   */
  private static final Map<String, Duration> MOST = Map.of(
      "code", Duration.ofMinutes(10),
      "access-token", Duration.ofDays(1),
      "refresh-window", Duration.ofMinutes(10));

  /** The defaults. */
  public static Policy defaults() {
    return new Policy(Duration.ofSeconds(60), Duration.ofMinutes(15), Duration.ofDays(30),
        Duration.ofDays(180), Duration.ofSeconds(60), Duration.ofHours(12), false, "at+jwt");
  }

  /** The same with another {@code typ} of access tokens. */
  public Policy accessTokenType(String type) {
    if (!type.equals("at+jwt") && !type.equals("JWT")) {
      throw new IllegalArgumentException("the access token type is at+jwt or JWT");
    }
    return new Policy(codeLifetime, accessTokenLifetime, refreshTokenIdle, grantLifetime,
        refreshWindow, sessionLifetime, silentForAnyClient, type);
  }

  /** The same with consent spared, or not, for clients that cannot be told from an impostor. */
  public Policy silentForAnyClient(boolean silent) {
    return new Policy(codeLifetime, accessTokenLifetime, refreshTokenIdle, grantLifetime,
        refreshWindow, sessionLifetime, silent, accessTokenType);
  }

  /**
   * The same with one lifetime changed.
   *
   * @param what one of {@code code}, {@code access-token}, {@code refresh-token}, {@code grant},
   *     {@code refresh-window}, {@code session}
   */
  public Policy lifetime(String what, Duration d) {
    if (!LIFETIMES.contains(what)) {
      throw new IllegalArgumentException("a lifetime is one of " + String.join(", ", LIFETIMES));
    }
    if (d.compareTo(MOST.getOrDefault(what, Duration.ofDays(3_650))) > 0) {
      throw new IllegalArgumentException("lifetime '" + what + "' may be at most "
          + MOST.getOrDefault(what, Duration.ofDays(3_650)).toSeconds() + " seconds");
    }
    return new Policy(
        what.equals("code") ? d : codeLifetime,
        what.equals("access-token") ? d : accessTokenLifetime,
        what.equals("refresh-token") ? d : refreshTokenIdle,
        what.equals("grant") ? d : grantLifetime,
        what.equals("refresh-window") ? d : refreshWindow,
        what.equals("session") ? d : sessionLifetime,
        silentForAnyClient, accessTokenType);
  }
}
