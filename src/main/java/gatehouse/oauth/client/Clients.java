package gatehouse.oauth.client;

/** Every client we know, whatever way it became known; the operator's word goes first. */
public final class Clients {
  private final PreRegistered preRegistered;
  private final Registered registered;

  public Clients(PreRegistered preRegistered, Registered registered) {
    this.preRegistered = preRegistered;
    this.registered = registered;
  }

  /** The client, or null if nobody of that id is known. */
  public Client find(String id) {
    Client client = preRegistered.find(id);
    return client != null ? client : registered.find(id);
  }

  /** Notes that a user has just granted something to the client. */
  public void used(Client client) {
    if (client.source() == Client.Source.REGISTERED) {
      registered.keep(client.id());
    }
  }
}
