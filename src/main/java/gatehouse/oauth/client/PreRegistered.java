package gatehouse.oauth.client;

import gatehouse.crypto.Secrets;
import gatehouse.json.Fields;
import gatehouse.oauth.OAuthError;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Clients that the operator wrote into the configuration. */
public final class PreRegistered {
  private final Map<String, Client> clients = new ConcurrentHashMap<>();

  /**
   * Adds a client, or replaces the one of that id.
   *
   * @param metadata in the terms of RFC 7591 §2, with {@code client_id} and perhaps {@code
   *     client_secret} or keys; without either the client is public
   * @throws IllegalArgumentException if the metadata would be refused to a client, too
   */
  public void add(Fields metadata) {
    String id = metadata.needText("client_id");
    if (!id.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException("a client_id has printable ASCII characters only");
    }
    String secret = metadata.text("client_secret");
    try {
      clients.put(id, new Client(id, Client.Source.PRE_REGISTERED,
          ClientMetadata.acceptPreRegistered(metadata),
          secret == null ? null : Secrets.hash(secret)));
    } catch (OAuthError e) {
      throw new IllegalArgumentException("client " + id + ": " + e.getMessage());
    }
  }

  /** Takes a client away: it is not known any more. Access tokens that it has end by themselves. */
  public void remove(String id) {
    clients.remove(id);
  }

  /** The client, or null. */
  public Client find(String id) {
    return clients.get(id);
  }
}
