package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Seal;
import gatehouse.crypto.Secrets;
import gatehouse.http.Audit;
import gatehouse.json.Fields;
import gatehouse.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Refresh tokens: rotated at every use, and the family ended when a used one comes back (RFC 9700
 * §4.14.2, OAuth 2.1 §4.3.1). A family is a grant.
 *
 * <p>Plain rotation logs honest people out: clients refresh from two processes at once, and answers
 * get lost. Three things may therefore happen to a token that has been rotated already.
 *
 * <pre>
 *   RT1 ──use──► RT2 ──use──► RT3
 *
 *   RT1 again, within the window, same request     the same answer again, word for word
 *   RT1 again, later, RT2 never used               the answer was lost: RT2' replaces RT2
 *   RT1 again, later, RT2 used                     theft: the grant and all its tokens end
 * </pre>
 *
 * <p>The answer is kept sealed under the token that was presented, so the store alone gives nobody
 * a token.
 */
public final class RefreshTokens {
  private static final String TABLE = "refresh_tokens";
  private static final String ANSWERS = "refresh_answers";

  /** The new token, from which the caller makes the answer that will be repeated if need be. */
  public record Rotation(String grantId, String newToken) {
  }

  private final Store store;
  private final Grants grants;
  private final Supplier<Policy> policy;
  private final Clock clock;
  private final Audit audit;

  public RefreshTokens(
      Store store, Grants grants, Supplier<Policy> policy, Clock clock, Audit audit) {
    this.store = store;
    this.grants = grants;
    this.policy = policy;
    this.clock = clock;
    this.audit = audit;
  }

  /** A first token for the grant. */
  public String issue(Grants.Grant grant) {
    String token = Secrets.handle();
    write(Secrets.hash(token), grant.id(), grant.clientId());
    return token;
  }

  /** The grant that the token belongs to, or null; used tokens count. */
  public String grantOf(String token) {
    JsonObject row = store.get(TABLE, Secrets.hash(token));
    return row == null ? null : row.get("grant").asString();
  }

  /** Whether the token is known and has not been used. */
  public boolean isCurrent(String token) {
    JsonObject row = store.get(TABLE, Secrets.hash(token));
    return row != null && row.get("next") == null;
  }

  /** The client that the token was issued to, or null. */
  public String clientOf(String token) {
    JsonObject row = store.get(TABLE, Secrets.hash(token));
    return row == null ? null : row.get("client").asString();
  }

  /**
   * Uses the token.
   *
   * @param clientId the authenticated client
   * @param request what else was asked (scope, resource): only the same request is answered again
   * @param answer makes the answer around the new token
   * @return the answer
   * @throws OAuthError {@code invalid_grant} if the token is not good, and then nothing was issued
   */
  public String use(
      String token, String clientId, String request, Function<Rotation, String> answer) {
    String key = Secrets.hash(token);
    // Losing a race to another request with the same token is no error: look again at what it did.
    while (true) {
      JsonObject row = store.get(TABLE, key);
      // RFC 6749 §6: bound to the client; to any other it looks like none at all.
      if (row == null || !row.get("client").asString().equals(clientId)) {
        throw new OAuthError("invalid_grant", "The refresh token is unknown or has expired.");
      }
      String grantId = row.get("grant").asString();
      if (!grants.use(grantId)) {
        throw new OAuthError("invalid_grant", "The grant has ended or was revoked.");
      }
      if (row.get("next") != null) {
        String repeated = repeat(token, row, request);
        if (repeated != null) {
          return repeated;
        }
        if (!isUnused(row.get("next"))) {
          continue; // another request has just replaced what this one has read
        }
      }
      String newToken = Secrets.handle();
      String next = Secrets.hash(newToken);
      String text = answer.apply(new Rotation(grantId, newToken));
      JsonObject used = new JsonObject()
          .add("grant", grantId)
          .add("client", clientId)
          .add("next", next)
          .add("request", Secrets.hash(request));
      String sealed = seal(token).seal("answer", text, policy.get().refreshWindow());
      // Under its own key and end: the used token is remembered for weeks, its answer for a minute.
      store.put(ANSWERS, next, new JsonObject().add("answer", sealed),
          clock.instant().plus(policy.get().refreshWindow()));
      write(next, grantId, clientId);
      if (store.replaceIfSame(TABLE, key, row, used, expiry())) {
        if (isUnused(row.get("next"))) {
          store.take(TABLE, row.get("next").asString());
        }
        return text;
      }
      store.take(TABLE, next);
      store.take(ANSWERS, next);
    }
  }

  /** What a used token gets: the same answer, or null for a new one, or the end of the family. */
  private String repeat(String token, JsonObject row, String request) {
    Fields fields = Fields.of(row);
    JsonObject kept = store.get(ANSWERS, fields.text("next"));
    String answer = kept == null ? null
        : seal(token).open("answer", kept.get("answer").asString());
    if (answer != null && fields.text("request").equals(Secrets.hash(request))) {
      audited("repeated", fields);
      return answer;
    }
    if (isUnused(row.get("next"))) {
      audited("recovered", fields);
      return null;
    }
    if (answer != null) {
      // A race between two different requests: no theft, but no second line of tokens either.
      throw new OAuthError("invalid_grant", "The refresh token was just used for another request.");
    }
    if (!row.equals(store.get(TABLE, Secrets.hash(token)))) {
      return null; // judged by what has changed meanwhile: look again
    }
    audited("reused", fields);
    grants.revoke(fields.text("grant"));
    throw new OAuthError("invalid_grant",
        "The refresh token had been used before. The grant has been revoked for safety.");
  }

  private void audited(String what, Fields row) {
    audit.record("refresh", what, "client", row.text("client"),
        "reference", Grants.reference(row.text("grant")));
  }

  private boolean isUnused(JsonValue key) {
    JsonObject row = key == null ? null : store.get(TABLE, key.asString());
    return row != null && row.get("next") == null;
  }

  private void write(String hash, String grantId, String clientId) {
    store.put(TABLE, hash,
        new JsonObject().add("grant", grantId).add("client", clientId), expiry());
  }

  private Instant expiry() {
    return clock.instant().plus(policy.get().refreshTokenIdle());
  }

  /** A key that only the presented token gives. */
  private Seal seal(String token) {
    return new Seal(("refresh answer " + token).getBytes(StandardCharsets.UTF_8), clock);
  }
}
