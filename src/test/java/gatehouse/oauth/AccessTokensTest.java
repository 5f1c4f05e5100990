package gatehouse.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.guard.TokenVerifier.InvalidToken;
import gatehouse.jose.Jws;
import gatehouse.jose.KeyRing;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tokens that our own key has signed and that still must not be let in. */
class AccessTokensTest {
  private static final String ISSUER = "https://as";
  private static final String MCP = "https://as/mcp";
  private static final String SIBLING = "https://as/other";

  private final Fixture f = new Fixture();
  private final KeyRing keys = new KeyRing(f.store, f.clock);
  private final Scopes scopes = new Scopes(List.of(
      Scope.base("read", "Read", ""), Scope.optional("write", "Write", "", "read")));
  private final AccessTokens tokens = tokens(ISSUER);

  private AccessTokens tokens(String issuer) {
    return new AccessTokens(issuer, MCP, Set.of(MCP, SIBLING), keys, scopes, f.grants, f.store,
        f.policy, f.clock);
  }

  private String mint(Set<String> granted, String... audience) {
    return tokens.mint(
        new AccessTokens.Content("alice", "c1", f.grant.id(), granted, Set.of(audience)));
  }

  private String signed(String type, JsonObject claims) {
    return Jws.sign(keys.current().key(), keys.current().jwk().kid(), type, claims);
  }

  private JsonObject claims() {
    long now = f.clock.instant().getEpochSecond();
    return new JsonObject().add("iss", ISSUER).add("aud", MCP).add("sub", "alice")
        .add("client_id", "c1").add("scope", "read").add("jti", "1").add("iat", now)
        .add("exp", now + 60).add("grant_id", f.grant.id());
  }

  private void refused(String token) {
    assertThrows(InvalidToken.class, () -> tokens.verify(token));
  }

  @Test
  void letTheirBearerIn() throws InvalidToken {
    Access access = tokens.verify(mint(Set.of("write"), MCP));
    assertEquals("alice", access.subject());
    assertEquals("c1", access.clientId());
    assertEquals(Set.of("write"), access.granted());
    assertEquals(Set.of("write", "read"), access.scopes());
    assertEquals("alice", tokens.verify(signed("at+jwt", claims())).subject());
  }

  @Test
  void letTheirBearerInWithoutAnyScope() throws InvalidToken {
    assertEquals(Set.of(), tokens.verify(mint(Set.of(), MCP)).granted());
  }

  @Test
  void letTheirBearerInIfWeAreOneAudienceOfSeveral() throws InvalidToken {
    assertNotNull(tokens.verify(mint(Set.of("read"), SIBLING, MCP)));
  }

  @Test
  void areRefusedIfTheyAreForAnotherResource() {
    refused(mint(Set.of("read"), SIBLING));
    refused(mint(Set.of("read"), MCP + "/"));
    refused(mint(Set.of("read"), "https://elsewhere"));
    refused(signed("at+jwt", claims().set("aud", ISSUER)));
  }

  @Test
  void areRefusedIfTheyAreOfAnotherKind() {
    for (String type : List.of("JWT", "dpop+jwt", "token-introspection+jwt", "oauth-id-jag+jwt")) {
      refused(signed(type, claims()));
    }
  }

  @Test
  void areRefusedIfAnotherIssuerSharesTheKey() {
    refused(signed("at+jwt", claims().set("iss", "https://as2")));
    refused(tokens("https://as2").mint(
        new AccessTokens.Content("alice", "c1", null, Set.of("read"), Set.of(MCP))));
  }

  @Test
  void areRefusedIfTheyDoNotSayWhatTheyMust() {
    for (String name : List.of("sub", "client_id", "jti", "exp", "aud", "iss")) {
      JsonObject claims = claims();
      claims.remove(name);
      refused(signed("at+jwt", claims));
    }
  }

  @Test
  void areRefusedFromTheMomentTheyExpire() throws InvalidToken {
    String token = mint(Set.of("read"), MCP);
    tokens.verify(token);
    f.clock.advance(f.policy.get().accessTokenLifetime());
    refused(token);
  }

  @Test
  void areRefusedFromTheMomentTheyAreRevoked() throws InvalidToken {
    String revoked = mint(Set.of("read"), MCP);
    String other = mint(Set.of("read"), MCP);
    tokens.verify(revoked);
    tokens.revoke(tokens.read(revoked));
    refused(revoked);
    tokens.verify(other);
  }

  @Test
  void areRefusedFromTheMomentTheirGrantEnds() throws InvalidToken {
    String token = mint(Set.of("read"), MCP);
    tokens.verify(token);
    f.grants.revoke(f.grant.id());
    refused(token);
  }

  @Test
  void areRefusedFromTheMomentTheirUserIsGone() throws InvalidToken {
    String token = mint(Set.of("read"), MCP);
    tokens.verify(token);
    f.users.remove("alice");
    refused(token);
  }
}
