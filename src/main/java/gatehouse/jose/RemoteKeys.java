package gatehouse.jose;

import gatehouse.http.Fetch;
import gatehouse.http.RateLimit;
import gatehouse.json.Fields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Key sets of others, fetched by their {@code jwks_uri} and remembered for a while.
 *
 * <p>A {@code kid} that is not in the remembered set leads to one new fetch (RFC 7517 §4.5 leaves
 * it to us), as the other side may have rotated; a budget per address keeps strangers from using
 * that to make us fetch all day.
 */
public final class RemoteKeys {
  /** A rotated key is noticed by its new id anyway; this is for one that was withdrawn. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  /** Fetches of one address: enough for an honest rotation, and for a mistake or two. */
  private static final int FETCHES = 10;
  private static final Duration FETCH_PERIOD = Duration.ofMinutes(1);

  /** Key sets remembered; one has some 2 KB. */
  private static final int MAX_SETS = 1_000;

  private record Remembered(JwkSet set, Instant until) {
  }

  private final Fetch fetch;
  private final Clock clock;
  private final RateLimit budget;
  private final Map<String, Remembered> sets = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
      return size() > MAX_SETS;
    }
  };

  public RemoteKeys(Fetch fetch, Clock clock) {
    this.fetch = fetch;
    this.clock = clock;
    this.budget = new RateLimit(FETCHES, FETCH_PERIOD, clock);
  }

  /** The keys at the address. Asking them may fetch; if that fails, the remembered ones serve. */
  public JwtValidator.Keys at(String jwksUri) {
    return (kid, alg) -> {
      Remembered known = remembered(jwksUri);
      List<Jwk> found = known == null ? List.of() : known.set.candidates(kid, alg);
      boolean stale = known == null || known.until.isBefore(clock.instant());
      if ((found.isEmpty() || stale) && budget.take(jwksUri) == 0) {
        JwkSet fresh = fetched(jwksUri);
        return fresh == null ? found : fresh.candidates(kid, alg);
      }
      return found;
    };
  }

  private JwkSet fetched(String jwksUri) {
    try {
      JwkSet set = JwkSet.read(Fields.readObject(fetch.json(jwksUri).body()));
      synchronized (sets) {
        sets.put(jwksUri, new Remembered(set, clock.instant().plus(FRESH)));
      }
      return set;
    } catch (Fetch.Failed | Fields.Malformed e) {
      System.getLogger("gatehouse.jose").log(System.Logger.Level.INFO,
          "a key set could not be fetched: {0}", e.getMessage());
      return null;
    }
  }

  private Remembered remembered(String jwksUri) {
    synchronized (sets) {
      return sets.get(jwksUri);
    }
  }
}
