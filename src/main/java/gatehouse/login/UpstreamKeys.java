package gatehouse.login;

import gatehouse.http.RateLimit;
import gatehouse.jose.Jwk;
import gatehouse.jose.JwkSet;
import gatehouse.jose.JwtValidator;
import gatehouse.json.Fields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What an upstream provider publishes about itself: its metadata (OpenID Connect Discovery §4) and
 * its keys, each remembered for a while.
 *
 * <p>{@code jose.RemoteKeys} does the same for strangers, through a door that is too narrow for the
 * key sets of large providers.
 */
final class UpstreamKeys implements JwtValidator.Keys {
  /** Endpoints hardly ever change; a withdrawn key is gone within this time. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  /** An unknown key id leads to one new fetch: somebody has rotated, or is making them up. */
  private static final int FETCHES = 10;
  private static final Duration FETCH_PERIOD = Duration.ofMinutes(1);

  /**
   * Metadata.
   *
   * @param namesItself whether every response names its issuer (RFC 9207 §3)
   * @param takesBasic whether the client may use HTTP Basic, which is the default (Discovery §3)
   */
  record Metadata(String authorizationEndpoint, String tokenEndpoint, String jwksUri,
      boolean namesItself, boolean takesBasic) {
  }

  private final String issuer;
  private final BackChannel channel;
  private final Clock clock;
  private final RateLimit budget;
  private Metadata metadata;
  private Instant metadataUntil = Instant.MIN;
  private JwkSet keys = new JwkSet(List.of());
  private Instant keysUntil = Instant.MIN;

  UpstreamKeys(String issuer, BackChannel channel, Clock clock) {
    this.issuer = issuer;
    this.channel = channel;
    this.clock = clock;
    this.budget = new RateLimit(FETCHES, FETCH_PERIOD, clock);
  }

  /** The metadata; what is remembered serves as long as nothing newer can be had. */
  synchronized Metadata metadata() throws BackChannel.Failed {
    if (metadataUntil.isBefore(clock.instant()) && budget.take("metadata") == 0) {
      try {
        metadata = fetched();
        metadataUntil = clock.instant().plus(FRESH);
      } catch (BackChannel.Failed e) {
        if (metadata == null) {
          throw e;
        }
      }
    }
    if (metadata == null) {
      throw new BackChannel.Failed("it could not be reached a moment ago");
    }
    return metadata;
  }

  @Override
  public synchronized List<Jwk> candidates(String kid, String alg) {
    List<Jwk> found = keys.candidates(kid, alg);
    if ((found.isEmpty() || keysUntil.isBefore(clock.instant())) && budget.take("keys") == 0) {
      try {
        keys = JwkSet.read(channel.get(metadata().jwksUri()));
        keysUntil = clock.instant().plus(FRESH);
      } catch (BackChannel.Failed | Fields.Malformed e) {
        System.getLogger("gatehouse.login").log(System.Logger.Level.WARNING,
            "the keys of {0} could not be fetched: {1}", issuer, e.getMessage());
      }
      found = keys.candidates(kid, alg);
    }
    return found;
  }

  private Metadata fetched() throws BackChannel.Failed {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    Fields document = channel.get(base + "/.well-known/openid-configuration");
    try {
      // Discovery §4.3: otherwise somebody else could speak for it.
      if (!issuer.equals(document.text("issuer"))) {
        throw new BackChannel.Failed("its metadata has another issuer");
      }
      List<String> methods = document.texts("token_endpoint_auth_methods_supported");
      return new Metadata(document.needText("authorization_endpoint"),
          document.needText("token_endpoint"), document.needText("jwks_uri"),
          document.flag("authorization_response_iss_parameter_supported", false),
          methods.isEmpty() || methods.contains("client_secret_basic"));
    } catch (Fields.Malformed e) {
      throw new BackChannel.Failed("its metadata: " + e.getMessage());
    }
  }
}
