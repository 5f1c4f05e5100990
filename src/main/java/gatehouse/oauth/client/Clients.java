package gatehouse.oauth.client;

import gatehouse.oauth.OAuthError;
import java.time.Instant;

/** Every client we know, whatever way it became known; the operator's word goes first. */
public final class Clients {
  private final PreRegistered preRegistered;
  private final ClientIdMetadataDocument documents;
  private final Registered registered;

  public Clients(
      PreRegistered preRegistered, ClientIdMetadataDocument documents, Registered registered) {
    this.preRegistered = preRegistered;
    this.documents = documents;
    this.registered = registered;
  }

  /**
   * The client, or null if nobody of that id is known. May fetch a document.
   *
   * @throws OAuthError {@code invalid_client} if the id is the address of a document we cannot
   *     accept
   */
  public Client find(String id) {
    Client client = preRegistered.find(id);
    if (client != null) {
      return client;
    }
    return documents.isAddress(id) ? documents.find(id) : registered.find(id);
  }

  /** How a client of that id is, or was, known; without looking for it. */
  public Client.Source source(String id) {
    return preRegistered.find(id) != null ? Client.Source.PRE_REGISTERED
        : documents.isAddress(id) ? Client.Source.DOCUMENT : Client.Source.REGISTERED;
  }

  /** Notes that a user has just granted something to the client, which lasts so long. */
  public void used(Client client, Instant ends) {
    if (client.source() == Client.Source.REGISTERED) {
      registered.keep(client.id(), ends);
    }
  }
}
