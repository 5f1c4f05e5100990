package gatehouse.oauth.client;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Secrets;
import gatehouse.json.Fields;
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
 * to a grant expires after days; one that did lives longer than any grant can. And of registrations
 * that are alike to the letter only so many stay: the oldest unused ones give way to the new.
 */
public final class Registered {
  private static final String TABLE = "clients";
  private static final String ALIKE = "clients_alike";

  /** Longer than any grant lives. */
  private static final Duration USED_LIFETIME = Duration.ofDays(400);

  /** A registration that never led to a grant. */
  private static final Duration UNUSED_LIFETIME = Duration.ofDays(2);

  /** An authorization under way must not lose its client. */
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
   * Registers a client.
   *
   * @param metadata accepted
   * @param owner the user who did it by hand, or null
   */
  public Registration add(JsonObject metadata, String owner) {
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
    // What a person typed in is not thrown away for want of use.
    store.put(TABLE, id, row, now.plus(owner == null ? UNUSED_LIFETIME : USED_LIFETIME));
    makeRoom(metadata, id, now);
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

  /** Forgets the client. */
  public void remove(String id) {
    store.take(TABLE, id);
  }

  /** Keeps the client for longer than the grant that has just begun can live. */
  public void keep(String id) {
    JsonObject row = store.get(TABLE, id);
    if (row != null) {
      JsonObject used = new JsonObject(row).set("used", clock.instant().getEpochSecond());
      store.put(TABLE, id, used, expiry(used));
    }
  }

  private Instant expiry(JsonObject row) {
    boolean lasting = row.get("used") != null || !row.get("owner").isNull();
    return clock.instant().plus(lasting ? USED_LIFETIME : UNUSED_LIFETIME);
  }

  /** Lets the oldest unused registrations go that say exactly the same as the new one. */
  private void makeRoom(JsonObject metadata, String id, Instant now) {
    String key = Secrets.hash(metadata.toString());
    JsonObject row = store.get(ALIKE, key);
    List<String> alike = new ArrayList<>();
    for (JsonValue known : row == null ? new JsonArray() : row.get("ids").asArray()) {
      JsonObject other = store.get(TABLE, known.asString());
      if (other != null && other.get("used") == null) {
        alike.add(known.asString());
      }
    }
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
