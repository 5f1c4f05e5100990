package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.login.User;
import gatehouse.oauth.client.Client;
import gatehouse.store.Store;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What users have agreed to before, so that they need not be asked the same again.
 *
 * <p>Remembered for the user, the client, the host that the answer goes to and the resource, with
 * the scopes. It is used only for clients that can be told apart from an impostor: anybody on this
 * computer can listen on a loopback port and claim the client id of somebody else (RFC 8252 §8.6).
 */
public final class Consents {
  private static final String TABLE = "consents";

  private final Store store;
  private final Supplier<Policy> policy;
  private final Clock clock;

  public Consents(Store store, Supplier<Policy> policy, Clock clock) {
    this.store = store;
    this.policy = policy;
    this.clock = clock;
  }

  /** Whether the user has agreed to all of this before, and need not be asked. */
  public boolean covers(User user, AuthorizationRequest request) {
    return (policy.get().silentForAnyClient() || isProvable(request))
        && remembered(user, request).containsAll(request.scopes());
  }

  /** Remembers that the user has agreed to these scopes. */
  public void allow(User user, AuthorizationRequest request, Set<String> scopes) {
    Set<String> all = remembered(user, request);
    all.addAll(scopes);
    store.put(TABLE, key(user, request), new JsonObject()
        .add("user", user.name())
        .add("client", request.client().id())
        .add("scope", String.join(" ", all)), clock.instant().plus(policy.get().grantLifetime()));
  }

  /** Forgets what the user has agreed to for the client, or for any if it is null. */
  void forget(User user, String clientId) {
    store.scan(TABLE, (key, row) -> {
      if (row.get("user").asString().equals(user.name())
          && (clientId == null || row.get("client").asString().equals(clientId))) {
        store.take(TABLE, key);
      }
    });
  }

  /** Whether only the real client can receive the answer. */
  private static boolean isProvable(AuthorizationRequest request) {
    return request.redirectUri().startsWith("https://")
        && request.client().source() != Client.Source.REGISTERED;
  }

  private Set<String> remembered(User user, AuthorizationRequest request) {
    JsonObject row = store.get(TABLE, key(user, request));
    return row == null ? new LinkedHashSet<>() : Scopes.split(row.get("scope").asString());
  }

  private static String key(User user, AuthorizationRequest request) {
    Client client = request.client();
    // A document that has changed describes another client: its keys or addresses may be new.
    String version = client.source() == Client.Source.DOCUMENT ? client.metadata().toString() : "";
    return Secrets.hash(String.join("\n", user.name(), client.id(), version,
        RedirectUri.display(request.redirectUri()), String.join(" ", request.resources())));
  }
}
