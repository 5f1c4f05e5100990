package gatehouse.junit;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.Gatehouse;
import gatehouse.crypto.Secrets;
import gatehouse.jose.KeyRing;
import gatehouse.json.Fields;
import gatehouse.oauth.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An access token as a test wants it, signed with the server's key: right in everything that is not
 * said otherwise (RFC 9068 §2.2).
 *
 * <pre>{@code
 * String token = gatehouse.tokenFor("alice").scopes("account:read", "account:write")
 *     .audience("https://api.example/orders").lifetime(Duration.ofMinutes(5))
 *     .claim("tenant", "wonderland").issue();
 * }</pre>
 *
 * <p>Nobody is asked and no client needs to exist. The token belongs to no grant, so it can neither
 * be refreshed nor ended by ending one; a token with those comes from a flow, see {@link
 * TestGatehouse#approve}.
 */
public final class TokenOrder {
  /** What {@code client_id} says if the test does not care. */
  public static final String CLIENT = "test-client";

  private final Gatehouse gatehouse;
  private final VirtualClock clock;
  private final String user;
  private String client = CLIENT;
  private Set<String> scopes;
  private List<String> audience;
  private Duration lifetime;
  private final JsonObject more = new JsonObject();
  private final List<String> missing = new ArrayList<>();
  private final List<Flaw> flaws = new ArrayList<>();

  TokenOrder(Gatehouse gatehouse, VirtualClock clock, String user) {
    this.gatehouse = gatehouse;
    this.clock = clock;
    this.user = user;
  }

  /** The {@code client_id}; without it, {@value #CLIENT}. */
  public TokenOrder client(String id) {
    client = id;
    return this;
  }

  /** The scopes; without them, those that a first connection asks for. */
  public TokenOrder scopes(String... names) {
    scopes = new LinkedHashSet<>(List.of(names));
    return this;
  }

  /** The resources it is for; without them, the MCP endpoint of this server. */
  public TokenOrder audience(String... resources) {
    audience = List.of(resources);
    return this;
  }

  /** From now to its end; without it, what the server's policy says. */
  public TokenOrder lifetime(Duration duration) {
    lifetime = duration;
    return this;
  }

  /** One more claim, or another value for one that it would have anyway. */
  public TokenOrder claim(String name, String value) {
    return claim(name, Json.value(value));
  }

  /** One more claim, of any kind. */
  public TokenOrder claim(String name, JsonValue value) {
    more.set(name, value);
    return this;
  }

  /** Leaves a claim out. */
  public TokenOrder without(String claim) {
    missing.add(claim);
    return this;
  }

  /** Makes it wrong, deliberately; several flaws may come together. */
  public TokenOrder flawed(Flaw flaw) {
    flaws.add(flaw);
    return this;
  }

  /** The token, in compact form. */
  public String issue() {
    Policy policy = policy();
    long now = clock.instant().getEpochSecond();
    Duration life = lifetime == null ? policy.accessTokenLifetime() : lifetime;
    Collection<String> granted =
        scopes == null ? gatehouse.scopes().base() : scopes;
    JsonObject claims = new JsonObject()
        .add("iss", gatehouse.issuer())
        .add("sub", user)
        .add("aud", audience())
        .add("exp", now + life.toSeconds())
        .add("iat", now)
        .add("jti", Secrets.handle())
        .add("client_id", client)
        .add("scope", String.join(" ", granted));
    more.forEach(member -> claims.set(member.getName(), member.getValue()));
    missing.forEach(claims::remove);
    KeyRing.SigningKey key = gatehouse.keys().current();
    TokenDraft draft = new TokenDraft(
        now, client, claims, policy.accessTokenType(), key.jwk().kid(), key.key());
    flaws.forEach(flaw -> flaw.spoil(draft));
    return draft.sign();
  }

  /** The policy that holds now: seen by a change that changes nothing. */
  private Policy policy() {
    AtomicReference<Policy> seen = new AtomicReference<>();
    gatehouse.policy(policy -> {
      seen.set(policy);
      return policy;
    });
    return seen.get();
  }

  private JsonValue audience() {
    if (audience == null) {
      return Json.value(gatehouse.mcpUrl());
    }
    return audience.size() == 1 ? Json.value(audience.get(0)) : Fields.array(audience);
  }
}
