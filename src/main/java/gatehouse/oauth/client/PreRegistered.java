package gatehouse.oauth.client;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.json.Fields;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Clients that the operator wrote into the configuration. */
public final class PreRegistered {
  private static final Set<String> AUTH_METHODS =
      Set.of("none", "client_secret_basic", "client_secret_post");

  private final Map<String, Client> clients = new ConcurrentHashMap<>();

  /**
   * Adds a client, or replaces the one of that id.
   *
   * @param metadata in the terms of RFC 7591 §2, with {@code client_id} and perhaps {@code
   *     client_secret}; without a secret the client is public
   */
  public void add(Fields metadata) {
    String id = metadata.needText("client_id");
    String secret = metadata.text("client_secret");
    JsonObject given = new JsonObject(metadata.json());
    if (metadata.text("token_endpoint_auth_method") == null) {
      given.set("token_endpoint_auth_method", secret == null ? "none" : "client_secret_basic");
    }
    if (!metadata.has("grant_types")) {
      given.set("grant_types", new com.eclipsesource.json.JsonArray()
          .add("authorization_code").add("refresh_token"));
    }
    clients.put(id, new Client(id, Client.Source.PRE_REGISTERED,
        ClientMetadata.accept(Fields.of(given), AUTH_METHODS),
        secret == null ? null : Secrets.hash(secret)));
  }

  /** The client, or null. */
  public Client find(String id) {
    return clients.get(id);
  }
}
