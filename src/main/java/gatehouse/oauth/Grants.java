package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.json.Fields;
import gatehouse.login.Evidence;
import gatehouse.login.Users;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What users have allowed clients to do. A grant begins with one approved authorization; its code,
 * access tokens and refresh tokens all name it, and end at once when it is revoked.
 */
public final class Grants {
  private static final String TABLE = "grants";

  /**
   * A grant.
   *
   * @param id what tokens carry
   * @param scopes what was allowed; a token may have less
   * @param resources the canonical resources it is good for
   * @param authTime when the user had proved who they are
   * @param shown how they had
   * @param ends after this nothing is issued from it
   */
  public record Grant(String id, String user, String clientId, Set<String> scopes,
      Set<String> resources, Instant authTime, Evidence shown, Instant ends) {

    JsonObject row() {
      return new JsonObject()
          .add("user", user)
          .add("client", clientId)
          .add("scope", String.join(" ", scopes))
          .add("resource", Fields.array(resources))
          .add("auth_time", authTime.getEpochSecond())
          .add("amr", Fields.array(shown.methods()))
          .add("ends", ends.getEpochSecond());
    }

    static Grant of(String id, JsonObject row) {
      Fields fields = Fields.of(row);
      return new Grant(id, fields.text("user"), fields.text("client"),
          Scopes.split(fields.text("scope")), new LinkedHashSet<>(fields.texts("resource")),
          Instant.ofEpochSecond(fields.number("auth_time", 0)),
          Evidence.of(fields.texts("amr")),
          Instant.ofEpochSecond(fields.number("ends", 0)));
    }
  }

  private final Store store;
  private final Users users;
  private final Supplier<Policy> policy;
  private final Clock clock;

  public Grants(Store store, Users users, Supplier<Policy> policy, Clock clock) {
    this.store = store;
    this.users = users;
    this.policy = policy;
    this.clock = clock;
  }

  /** Records what the user has just allowed. */
  public Grant begin(String user, String clientId, Set<String> scopes, Set<String> resources,
      Instant authTime, Evidence shown) {
    Instant ends = clock.instant().plus(policy.get().grantLifetime());
    Grant grant = new Grant(Secrets.handle(), user, clientId, scopes, resources, authTime, shown, ends);
    store.put(TABLE, grant.id(), grant.row(), ends);
    return grant;
  }

  /** The grant, or null if it was revoked, has ended, or its user is no more. */
  public Grant find(String id) {
    JsonObject row = store.get(TABLE, id);
    Grant grant = row == null ? null : Grant.of(id, row);
    return grant == null || users.find(grant.user) == null ? null : grant;
  }

  /** Whether the grant still holds. */
  public boolean isAlive(String id) {
    JsonObject row = store.get(TABLE, id);
    return row != null && users.find(row.get("user").asString()) != null;
  }

  /** Ends the grant, and with it every token that names it. */
  public void revoke(String id) {
    store.take(TABLE, id);
  }

  /** Ends every grant that the condition holds for; it looks at all there are. */
  public void revokeIf(Predicate<Grant> condition) {
    store.scan(TABLE, (id, row) -> {
      if (condition.test(Grant.of(id, row))) {
        revoke(id);
      }
    });
  }
}
