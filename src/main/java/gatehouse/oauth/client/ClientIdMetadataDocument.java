package gatehouse.oauth.client;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Fetch;
import gatehouse.http.RateLimit;
import gatehouse.http.Urls;
import gatehouse.json.Fields;
import gatehouse.oauth.OAuthError;
import gatehouse.store.Store;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Clients whose id is the address of a document that describes them (OAuth Client ID Metadata
 * Document; MCP 2025-11-25 and later prefer this to registration).
 *
 * <p>The document must name its own address as {@code client_id}, character by character, and may
 * hold no shared secret. It is remembered as its {@code Cache-Control} says, within bounds of ours;
 * a remembered one serves a day longer when its host fails. What failed is not asked again for a
 * few seconds, and each host has a budget, so that nobody can make us a tool against it.
 */
public final class ClientIdMetadataDocument {
  private static final String TABLE = "client_documents";

  /** A document asked for at every authorization would make its host our bottleneck. */
  private static final Duration MIN_FRESH = Duration.ofMinutes(1);
  private static final Duration USUAL_FRESH = Duration.ofMinutes(10);

  /** A key or redirect URI that was withdrawn is gone after this at the latest. */
  private static final Duration MAX_FRESH = Duration.ofHours(24);

  /** How much longer a document serves if its host fails. */
  private static final Duration STALE = Duration.ofHours(24);

  /** Long enough to break a loop, too short for a developer who has just mended the document. */
  private static final Duration NEGATIVE = Duration.ofSeconds(5);

  /** Fetches from one host, of all its documents. */
  private static final int FETCHES = 60;
  private static final Duration FETCH_PERIOD = Duration.ofMinutes(1);

  /** Fetches from all hosts together: nobody makes us call half the internet. */
  private static final int ALL_FETCHES = 300;

  private final Fetch fetch;
  private final DocumentTrust trust;
  private final Store store;
  private final Clock clock;
  private final RateLimit budget;
  private final RateLimit allBudget;
  private final Map<String, Instant> failed = new ConcurrentHashMap<>();
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  public ClientIdMetadataDocument(Fetch fetch, DocumentTrust trust, Store store, Clock clock) {
    this.fetch = fetch;
    this.trust = trust;
    this.store = store;
    this.clock = clock;
    this.budget = new RateLimit(FETCHES, FETCH_PERIOD, clock);
    this.allBudget = new RateLimit(ALL_FETCHES, FETCH_PERIOD, clock);
  }

  /** Whether the client id is meant as an address at all; other ids are looked up elsewhere. */
  public boolean isAddress(String clientId) {
    return trust.isEnabled() && (clientId.startsWith("https://")
        || trust.development() && clientId.startsWith("http://"));
  }

  /**
   * The client that the document describes.
   *
   * @throws OAuthError {@code invalid_client} if it cannot be had or is not acceptable
   */
  public Client find(String clientId) {
    URI address = address(clientId);
    JsonObject known = store.get(TABLE, clientId);
    if (isFresh(known)) {
      return client(clientId, known);
    }
    // Several people may wait for the same document; one fetches. Nobody waits for another's.
    ReentrantLock lock = locks.computeIfAbsent(clientId, id -> new ReentrantLock());
    lock.lock();
    try {
      JsonObject row = store.get(TABLE, clientId);
      if (isFresh(row)) {
        return client(clientId, row);
      }
      try {
        return client(clientId, fetched(clientId, address));
      } catch (Fetch.Failed e) {
        // RFC 5861 §4: what its host cannot give now may be old; what it has taken away is gone.
        if (row != null && !e.isGone()) {
          return client(clientId, row);
        }
        store.take(TABLE, clientId);
        throw refused("could not be fetched: " + e.getMessage());
      }
    } finally {
      locks.remove(clientId, lock);
      lock.unlock();
    }
  }

  private boolean isFresh(JsonObject row) {
    return row != null && row.get("until").asLong() > clock.millis();
  }

  /** The rules for an address (draft, "Client Identifier"). */
  private URI address(String clientId) {
    URI uri = Urls.parse(clientId);
    if (uri == null || uri.getHost() == null || uri.getRawFragment() != null
        || uri.getRawUserInfo() != null || uri.getRawPath().length() < 2
        || hasDotSegment(uri.getRawPath())) {
      throw refused("must have an https address with a path, and no fragment, user or dot segment");
    }
    if (!trust.mayConnect(uri.getHost())) {
      throw refused("is on a host that this server does not accept; ask whoever runs it");
    }
    return uri;
  }

  private JsonObject fetched(String clientId, URI address) throws Fetch.Failed {
    Instant now = clock.instant();
    Instant until = failed.get(clientId);
    if (until != null && until.isAfter(now)) {
      throw new Fetch.Failed("it could not be fetched a moment ago");
    }
    if (budget.take(Urls.origin(address)) > 0 || allBudget.take("") > 0) {
      throw new Fetch.Failed("its host was asked too often; please wait a minute");
    }
    failed.values().removeIf(end -> end.isBefore(now));
    try {
      Fetch.Document document = fetch.json(clientId);
      JsonObject metadata = accepted(clientId, Fields.readObject(document.body()));
      Instant fresh = now.plus(freshFor(document.cacheControl()));
      JsonObject row = new JsonObject()
          .add("metadata", metadata)
          .add("until", fresh.toEpochMilli());
      store.put(TABLE, clientId, row, fresh.plus(STALE));
      return row;
    } catch (Fields.Malformed | OAuthError e) {
      store.take(TABLE, clientId); // what its owner has changed does not live on
      failed.put(clientId, now.plus(NEGATIVE));
      throw refused("is not acceptable: " + e.getMessage());
    } catch (Fetch.Failed e) {
      failed.put(clientId, now.plus(NEGATIVE));
      throw e;
    }
  }

  private static JsonObject accepted(String clientId, Fields document) {
    if (!clientId.equals(document.text("client_id"))) {
      throw new Fields.Malformed("'client_id' is not the address of the document");
    }
    // A secret in a public document is none, and methods that need one cannot work.
    if (document.has("client_secret") || document.has("client_secret_expires_at")) {
      throw new Fields.Malformed("it holds a shared secret");
    }
    document.needText("client_name");
    return ClientMetadata.acceptDocument(document);
  }

  /** {@code max-age} of RFC 9111 §5.2.2.1 within our bounds. */
  private static Duration freshFor(String cacheControl) {
    Duration fresh = USUAL_FRESH;
    for (String directive : cacheControl == null ? new String[0] : cacheControl.split(",")) {
      String d = directive.trim().toLowerCase(Locale.ROOT);
      if (d.equals("no-store") || d.equals("no-cache")) {
        return MIN_FRESH;
      }
      if (d.startsWith("max-age=") && d.length() < 18
          && d.substring(8).chars().allMatch(Character::isDigit) && d.length() > 8) {
        fresh = Duration.ofSeconds(Long.parseLong(d.substring(8)));
      }
    }
    return fresh.compareTo(MIN_FRESH) < 0 ? MIN_FRESH
        : fresh.compareTo(MAX_FRESH) > 0 ? MAX_FRESH : fresh;
  }

  private static boolean hasDotSegment(String path) {
    // RFC 3986 §6.2.2.2: an encoded dot is a dot.
    return List.of(path.toLowerCase(Locale.ROOT).replace("%2e", ".").split("/")).stream()
        .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
  }

  private static Client client(String clientId, JsonObject row) {
    return new Client(clientId, Client.Source.DOCUMENT, row.get("metadata").asObject(), null);
  }

  private static OAuthError refused(String why) {
    return OAuthError.invalidClient("The application's metadata document " + why + ".");
  }
}
