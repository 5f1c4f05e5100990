package gatehouse.oauth.client;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.json.Fields;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Clients that registered themselves (RFC 7591), kept in the store.
 *
 * <p>An unused registration expires; one that is used is renewed, so that no client with a living
 * grant is forgotten.
 */
public final class Registered {
  private static final String TABLE = "clients";

  /** Longer than any grant lives. */
  private static final Duration LIFETIME = Duration.ofDays(200);

  /** A registration that never led to an authorization. */
  private static final Duration UNUSED_LIFETIME = Duration.ofDays(2);

  private final Store store;
  private final Clock clock;

  public Registered(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A client that has just registered.
   *
   * @param secret to be told once, or null for a public client
   */
  public record Registration(Client client, String secret, Instant issuedAt) {
  }

  /** Registers a client with accepted metadata. */
  public Registration add(JsonObject metadata) {
    // Random, so that it never looks like the address of a metadata document.
    String id = Secrets.handle();
    boolean confidential = !"none".equals(
        Fields.of(metadata).text("token_endpoint_auth_method"));
    String secret = confidential ? Secrets.handle() : null;
    Instant now = clock.instant();
    JsonObject row = new JsonObject()
        .add("metadata", metadata)
        .add("secret", secret == null ? null : Secrets.hash(secret))
        .add("created", now.getEpochSecond());
    store.put(TABLE, id, row, now.plus(UNUSED_LIFETIME));
    return new Registration(client(id, row), secret, now);
  }

  /** The client, or null. */
  public Client find(String id) {
    JsonObject row = store.get(TABLE, id);
    return row == null ? null : client(id, row);
  }

  /** Keeps the client for as long as the grant that has just begun can live. */
  public void keep(String id) {
    JsonObject row = store.get(TABLE, id);
    if (row != null) {
      store.put(TABLE, id, row, clock.instant().plus(LIFETIME));
    }
  }

  private static Client client(String id, JsonObject row) {
    return new Client(id, Client.Source.REGISTERED, row.get("metadata").asObject(),
        Fields.of(row).text("secret"));
  }
}
