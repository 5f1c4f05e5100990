package gatehouse.oauth.client;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.json.Fields;
import gatehouse.oauth.OAuthError;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that registered themselves (RFC 7591) or were registered by hand, kept in the store.
 *
 * <p>Clients register again at every whim, so there are two brooms. A registration that never led
 * to a grant expires after days; one that did lives longer than its grants. And of registrations
 * that are alike to the letter only so many stay: the oldest unused ones give way to the new.
 * Neither touches what a person typed in, which has a list of its own, by user:
 *
 * <pre>
 *   clients_of   "alice" → {"ids": ["bmAHxTL4…", …]}
 * </pre>
 */
public final class Registered {
  private static final String TABLE = "clients";
  private static final String ALIKE = "clients_alike";
  private static final String BY_OWNER = "clients_of";

  /** What one person registers by hand, with room for mistakes. */
  private static final int MAX_BY_OWNER = 50;

  /** After the last grant began; that of a grant which lasts longer is longer. */
  private static final Duration USED_LIFETIME = Duration.ofDays(400);

  /** A registration that never led to a grant. */
  private static final Duration UNUSED_LIFETIME = Duration.ofDays(2);

  /** An authorization under way must not lose its client; one of too many has no longer. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(30);

  /** Unused registrations alike that stay; an office opening its laptops makes a dozen. */
  private static final int MAX_ALIKE = 20;

  private final Store store;
  private final Clock clock;

  public Registered(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A client as it is told about itself.
   *
   * @param secret told once, or null
   * @param accessToken for managing the registration (RFC 7592 §3), told once, or null
   */
  public record Registration(Client client, String secret, String accessToken, Instant issuedAt) {
  }

  /**
   * A client that a person has registered by hand.
   *
   * @param used when somebody last granted it something, or null
   */
  public record Owned(Client client, Instant created, Instant used) {
  }

  /**
   * Registers a client.
   *
   * @param metadata accepted
   * @param owner the user who did it by hand, or null
   * @param mayLast whether it may wait for days until it is first used
   * @throws OAuthError {@code invalid_client_metadata} if the owner has too many already
   */
  public Registration add(JsonObject metadata, String owner, boolean mayLast) {
    if (owner != null && of(owner).size() >= MAX_BY_OWNER) {
      throw new OAuthError("invalid_client_metadata", "You have registered " + MAX_BY_OWNER
          + " applications already. Delete one that you do not need.");
    }
    // Random, so that it never looks like the address of a metadata document.
    String id = Secrets.handle();
    String accessToken = Secrets.handle();
    String secret = needsSecret(metadata) ? Secrets.handle() : null;
    Instant now = clock.instant();
    JsonObject row = new JsonObject()
        .add("metadata", metadata)
        .add("secret", secret == null ? null : Secrets.hash(secret))
        .add("management", Secrets.hash(accessToken))
        .add("owner", owner)
        .add("created", now.getEpochSecond());
    if (!mayLast) {
      row.add("brief", true);
    }
    // What a person typed in is not thrown away for want of use.
    store.put(TABLE, id, row, expiry(row));
    if (owner != null) {
      changeOwned(owner, id, true);
    } else if (mayLast) {
      makeRoom(metadata, id, now);
    }
    return new Registration(client(id, row), secret, accessToken, now);
  }

  /** The client, or null. */
  public Client find(String id) {
    JsonObject row = store.get(TABLE, id);
    return row == null ? null : client(id, row);
  }

  /** The client if the token is the one for managing its registration, else null. */
  public Registration manage(String id, String accessToken) {
    JsonObject row = store.get(TABLE, id);
    if (row == null
        || !Secrets.equal(Secrets.hash(accessToken), row.get("management").asString())) {
      return null;
    }
    return new Registration(client(id, row), null, accessToken,
        Instant.ofEpochSecond(row.get("created").asLong()));
  }

  /**
   * Replaces the metadata of a client (RFC 7592 §2.2), which keeps its secret if it still needs
   * one.
   *
   * @return with a new secret if it needs one and had none
   */
  public Registration replace(Registration registration, JsonObject metadata) {
    String id = registration.client().id();
    JsonObject row = new JsonObject(store.get(TABLE, id)).set("metadata", metadata);
    String secret = null;
    if (!needsSecret(metadata)) {
      row.set("secret", (String) null);
    } else if (row.get("secret").isNull()) {
      secret = Secrets.handle();
      row.set("secret", Secrets.hash(secret));
    }
    store.put(TABLE, id, row, expiry(row));
    return new Registration(
        client(id, row), secret, registration.accessToken(), registration.issuedAt());
  }

  /** Forgets the client; whether anybody has granted it something. */
  public boolean remove(String id) {
    JsonObject row = store.take(TABLE, id);
    if (row != null && !row.get("owner").isNull()) {
      changeOwned(row.get("owner").asString(), id, false);
    }
    return row != null && row.get("used") != null;
  }

  /** Keeps the client for longer than the grant that has just begun, which ends then. */
  void keep(String id, Instant ends) {
    JsonObject row = store.get(TABLE, id);
    if (row != null) {
      JsonObject used = new JsonObject(row).set("used", clock.instant().getEpochSecond());
      Instant least = expiry(used);
      // Not put: a client that is being removed must not come back.
      store.replaceIfSame(TABLE, id, row, used, ends.isAfter(least) ? ends : least);
    }
  }

  /** What the user has registered by hand, in the order in which it was. */
  public List<Owned> of(String owner) {
    List<Owned> owned = new ArrayList<>();
    for (String id : ids(store.get(BY_OWNER, owner))) {
      JsonObject row = store.get(TABLE, id);
      if (row != null) {
        owned.add(new Owned(client(id, row), Instant.ofEpochSecond(row.get("created").asLong()),
            row.get("used") == null ? null : Instant.ofEpochSecond(row.get("used").asLong())));
      }
    }
    return owned;
  }

  /** Ids of clients that are no more are left out when the list changes. */
  private void changeOwned(String owner, String id, boolean there) {
    JsonObject before;
    JsonObject after;
    do {
      before = store.get(BY_OWNER, owner);
      List<String> ids = ids(before);
      ids.removeIf(known -> known.equals(id) || store.get(TABLE, known) == null);
      if (there) {
        ids.add(id);
      }
      after = new JsonObject().add("ids", Fields.array(ids));
    } while (before == null ? !store.insertIfAbsent(BY_OWNER, owner, after, Instant.MAX)
        : !store.replaceIfSame(BY_OWNER, owner, before, after, Instant.MAX));
  }

  private static List<String> ids(JsonObject row) {
    return row == null ? new ArrayList<>() : new ArrayList<>(Fields.of(row).texts("ids"));
  }

  private Instant expiry(JsonObject row) {
    if (row.get("used") != null || !row.get("owner").isNull()) {
      return clock.instant().plus(USED_LIFETIME);
    }
    // From when it was made: to replace it again and again does not make it last.
    return Instant.ofEpochSecond(row.get("created").asLong())
        .plus(row.getBoolean("brief", false) ? UNDER_WAY : UNUSED_LIFETIME);
  }

  /** Lets the oldest unused registrations go that say exactly the same as the new one. */
  private void makeRoom(JsonObject metadata, String id, Instant now) {
    String key = Secrets.hash(metadata.toString());
    JsonObject row = store.get(ALIKE, key);
    List<String> alike = ids(row);
    alike.removeIf(known -> {
      JsonObject other = store.get(TABLE, known);
      return other == null || other.get("used") != null;
    });
    while (alike.size() >= MAX_ALIKE && isOld(store.get(TABLE, alike.get(0)), now)) {
      remove(alike.remove(0));
    }
    alike.add(id);
    store.put(ALIKE, key, new JsonObject().add("ids", Fields.array(alike)),
        now.plus(UNUSED_LIFETIME));
  }

  private static boolean isOld(JsonObject row, Instant now) {
    return row == null
        || row.get("created").asLong() < now.minus(UNDER_WAY).getEpochSecond();
  }

  private static boolean needsSecret(JsonObject metadata) {
    return metadata.getString("token_endpoint_auth_method", "").startsWith("client_secret");
  }

  private static Client client(String id, JsonObject row) {
    return new Client(id, Client.Source.REGISTERED, row.get("metadata").asObject(),
        Fields.of(row).text("secret"));
  }
}
