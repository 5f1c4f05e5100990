package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.json.Fields;
import gatehouse.login.Evidence;
import gatehouse.login.Users;
import gatehouse.store.OwnedRows;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What users have allowed clients to do. A grant begins with one approved authorization; its code,
 * access tokens and refresh tokens all name it, and end at once when it is revoked.
 *
 * <p>When it was last used is kept for the person who asks what may still be thrown out: coarsely,
 * since using it must not cost a write each time.
 */
public final class Grants {
  /** A busy client costs a write in five minutes; nobody decides by less than that. */
  private static final Duration USED_EVERY = Duration.ofMinutes(5);

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

  /**
   * A grant as its user looks at it later.
   *
   * @param name what the client called itself when it was allowed
   * @param host where the answer went then
   */
  record Listed(Grant grant, String name, String host, Instant begun, Instant used) {
  }

  /** Enough to tell grants of one log apart, and too little to be mistaken for the id. */
  private static final int REFERENCE = 10;

  private final OwnedRows rows;
  private final Users users;
  private final Supplier<Policy> policy;
  private final Clock clock;

  public Grants(Store store, Users users, Supplier<Policy> policy, Clock clock) {
    this.rows = new OwnedRows(store, "grants");
    this.users = users;
    this.policy = policy;
    this.clock = clock;
  }

  /** What the audit trail calls a grant, from consent to the last tool call; null for none. */
  static String reference(String id) {
    return id == null ? null : id.substring(0, Math.min(REFERENCE, id.length()));
  }

  /**
   * Records what the user has just allowed.
   *
   * @param name of the client, for the user's account page
   * @param host where the answer goes, for the same
   */
  public Grant begin(String user, String clientId, String name, String host, Set<String> scopes,
      Set<String> resources, Instant authTime, Evidence shown) {
    Instant now = clock.instant();
    Instant ends = now.plus(policy.get().grantLifetime());
    Grant grant = new Grant(
        rows.newKey(user), user, clientId, scopes, resources, authTime, shown, ends);
    rows.put(grant.id(), grant.row()
        .add("name", name)
        .add("host", host)
        .add("begun", now.getEpochSecond())
        .add("used", now.getEpochSecond()), ends);
    return grant;
  }

  /** The grant, or null if it was revoked, has ended, or its user is no more. */
  public Grant find(String id) {
    JsonObject row = rows.get(id);
    Grant grant = row == null ? null : Grant.of(id, row);
    return grant == null || users.find(grant.user) == null ? null : grant;
  }

  /** Whether the grant still holds. */
  public boolean isAlive(String id) {
    return holds(rows.get(id));
  }

  /** Whether the grant still holds; if so, it has just been used. */
  boolean use(String id) {
    JsonObject row = rows.get(id);
    if (!holds(row)) {
      return false;
    }
    if (clock.instant().getEpochSecond() - row.get("used").asLong() >= USED_EVERY.toSeconds()) {
      usedNow(id, row);
    }
    return true;
  }

  /** Not put: a grant that is being revoked must not come back. */
  private void usedNow(String id, JsonObject row) {
    rows.replaceIfSame(id, row,
        new JsonObject(row).set("used", clock.instant().getEpochSecond()),
        Instant.ofEpochSecond(row.get("ends").asLong()));
  }

  private boolean holds(JsonObject row) {
    return row != null && users.find(row.get("user").asString()) != null;
  }

  /** What the user has allowed to anybody. */
  List<Listed> of(String user) {
    List<Listed> found = new ArrayList<>();
    rows.scan(user, (id, row) -> {
      if (row.get("user").asString().equals(user)) {
        found.add(new Listed(Grant.of(id, row), row.get("name").asString(),
            row.get("host").asString(), Instant.ofEpochSecond(row.get("begun").asLong()),
            Instant.ofEpochSecond(row.get("used").asLong())));
      }
    });
    return found;
  }

  /** Ends the grant, and with it every token that names it. */
  public void revoke(String id) {
    rows.take(id);
  }

  /** Ends every grant that the condition holds for; it looks at all there are. */
  public void revokeIf(Predicate<Grant> condition) {
    rows.scan((id, row) -> {
      if (condition.test(Grant.of(id, row))) {
        revoke(id);
      }
    });
  }
}
