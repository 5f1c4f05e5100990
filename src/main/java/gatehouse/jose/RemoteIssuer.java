package gatehouse.jose;

import gatehouse.http.BackChannel;
import gatehouse.http.RateLimit;
import gatehouse.http.Urls;
import gatehouse.json.Fields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An issuer elsewhere that the operator has named: what it publishes about itself (RFC 8414 §3,
 * OpenID Connect Discovery §4), and its keys, each remembered for a while.
 *
 * <p>A document that names another issuer is not believed (RFC 8414 §3.3). When nothing newer can
 * be had, what is remembered serves on. Only one thread fetches; those who find what they need in
 * what is remembered do not wait for it.
 *
 * <p>{@link RemoteKeys} does the same for strangers, through a door that is too narrow for the key
 * sets of large providers.
 */
public final class RemoteIssuer implements JwtValidator.Keys {
  /** Endpoints hardly ever change; a withdrawn key is gone within this time. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  /** So long nobody asks again after a failure: those who have queued are not to wait in turn. */
  private static final Duration PAUSE = Duration.ofSeconds(3);

  /** An unknown key id leads to one new fetch: somebody has rotated, or is making them up. */
  private static final int FETCHES = 10;
  private static final Duration FETCH_PERIOD = Duration.ofMinutes(1);

  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OIDC = "/.well-known/openid-configuration";

  private final String issuer;
  private final BackChannel channel;
  private final Clock clock;
  private final Copy<Fields> metadata;
  private final Copy<JwkSet> keys;

  /** The issuer, exactly as in its tokens; nothing is fetched yet. */
  public RemoteIssuer(String issuer, BackChannel channel, Clock clock) {
    this.issuer = issuer;
    this.channel = channel;
    this.clock = clock;
    this.metadata = new Copy<>(this::fetchMetadata);
    this.keys = new Copy<>(this::fetchKeys);
  }

  /**
   * Its metadata.
   *
   * @throws BackChannel.Failed if there is none, and never has been any
   */
  public Fields metadata() throws BackChannel.Failed {
    return metadata.get();
  }

  @Override
  public List<Jwk> candidates(String kid, String alg) {
    try {
      JwkSet known = keys.get();
      List<Jwk> found = known.candidates(kid, alg);
      return found.isEmpty() ? keys.newer(known).candidates(kid, alg) : found;
    } catch (BackChannel.Failed e) {
      return List.of();
    }
  }

  /** Whether it has ever told its keys; before that, nothing can be said about a signature. */
  public boolean hasKeys() {
    return keys.latest != null;
  }

  private Fields fetchMetadata() throws BackChannel.Failed {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    String path = Urls.parse(base).getRawPath();
    String origin = base.substring(0, base.length() - path.length());
    BackChannel.Failed why = null;
    // Most have the first; RFC 8414 §3.1 and §5 put the name before the path.
    for (String address : new LinkedHashSet<>(
        List.of(base + OIDC, origin + OAUTH + path, origin + OIDC + path))) {
      try {
        Fields document = channel.get(address);
        if (issuer.equals(document.text("issuer"))) {
          return document;
        }
        why = new BackChannel.Failed("its metadata has another issuer");
      } catch (BackChannel.Failed e) {
        why = why == null ? e : why;
      }
    }
    throw why;
  }

  private JwkSet fetchKeys() throws BackChannel.Failed {
    return JwkSet.read(channel.get(metadata().needText("jwks_uri")));
  }

  /** Where something comes from. */
  @FunctionalInterface
  private interface Source<T> {
    T fetch() throws BackChannel.Failed;
  }

  /** Something that is published there, as we know it. */
  private final class Copy<T> {
    private final Source<T> source;
    private final ReentrantLock fetching = new ReentrantLock();
    private final RateLimit budget;
    private volatile T latest;
    private volatile Instant freshUntil = Instant.MIN;
    private Instant pauseUntil = Instant.MIN;

    Copy(Source<T> source) {
      this.source = source;
      this.budget = new RateLimit(FETCHES, FETCH_PERIOD, clock);
    }

    /** What is remembered, or something newer if that is old and nobody is fetching it yet. */
    T get() throws BackChannel.Failed {
      T known = latest;
      boolean good = known != null && clock.instant().isBefore(freshUntil);
      return good || known != null && fetching.isLocked() ? known : newer(known);
    }

    /**
     * What is published now, as far as it can be had.
     *
     * @param known what the caller has seen and found wanting, or null
     */
    T newer(T known) throws BackChannel.Failed {
      fetching.lock();
      try {
        boolean changed = latest != known;
        if (!changed && !clock.instant().isBefore(pauseUntil) && budget.take("") == 0) {
          fetch();
        }
        if (latest == null) {
          throw new BackChannel.Failed("it could not be reached a moment ago");
        }
        return latest;
      } finally {
        fetching.unlock();
      }
    }

    private void fetch() throws BackChannel.Failed {
      try {
        latest = source.fetch();
        freshUntil = clock.instant().plus(FRESH);
      } catch (BackChannel.Failed | Fields.Malformed e) {
        pauseUntil = clock.instant().plus(PAUSE);
        System.getLogger("gatehouse.jose").log(System.Logger.Level.WARNING,
            "what {0} publishes could not be read: {1}", issuer, e.getMessage());
        if (latest == null) {
          throw new BackChannel.Failed(e.getMessage());
        }
      }
    }
  }
}
