package gatehouse.junit;

import gatehouse.crypto.Secrets;
import gatehouse.jose.Jwk;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ways in which an access token can be wrong, each alone: everything else about the token is right.
 * A protected service has to refuse every one of them (RFC 9068 §4, RFC 8725).
 *
 * <pre>{@code
 * @ParameterizedTest
 * @EnumSource(Flaw.class)
 * void refuses(Flaw flaw, TestGatehouse gatehouse) {
 *   String token = gatehouse.tokenFor("alice").flawed(flaw).issue();
 *   assertEquals(401, call(gatehouse.mcpUrl(), token));
 * }
 * }</pre>
 */
public enum Flaw {
  /** Ended an hour ago: longer than any tolerance for clocks. */
  EXPIRED(token -> token.claims.set("iat", token.now - 2 * Times.HOUR)
      .set("exp", token.now - Times.HOUR)),

  /** Begins in an hour. */
  NOT_YET_VALID(token -> token.claims.set("nbf", token.now + Times.HOUR)),

  /** Another {@code iss}, signed with the right key nevertheless. */
  WRONG_ISSUER(token -> token.claims.set("iss", "https://wrong-issuer.example")),

  /** Another {@code aud}: meant for somebody else's service. */
  WRONG_AUDIENCE(token -> token.claims.set("aud", "https://wrong-audience.example/mcp")),

  /** Signed with a key of a stranger, under the id of the right one. */
  WRONG_KEY(token -> token.key = KeyPool.stranger().getPrivate()),

  /** Signed with a key of a stranger that says so: its id is in no key set. */
  UNKNOWN_KID(token -> {
    token.key = KeyPool.stranger().getPrivate();
    token.keyId = Jwk.of((RSAPublicKey) KeyPool.stranger().getPublic()).kid();
  }),

  /** Not signed at all, with {@code alg} set to {@code none} (RFC 8725 §2.1). */
  ALG_NONE(token -> token.unsigned = true),

  /** Changed after it was signed: the subject is another. */
  TAMPERED(token -> token.tampered = true),

  /** Has no {@code sub}; {@link TokenOrder#without} leaves out any other claim. */
  MISSING_CLAIM(token -> token.claims.remove("sub")),

  /** An ID token of the same issuer: it tells the client who signed in, and opens nothing. */
  ID_TOKEN(token -> {
    List.of("scope", "client_id", "jti", "grant_id").forEach(token.claims::remove);
    token.claims.set("aud", token.clientId).set("auth_time", token.now)
        .set("nonce", Secrets.handle());
    token.type = "JWT";
  });

  /** In a class of its own, because constants of an enum come first. */
  private static final class Times {
    private static final long HOUR = 3_600;
  }

  private final Consumer<TokenDraft> spoil;

  Flaw(Consumer<TokenDraft> spoil) {
    this.spoil = spoil;
  }

  void spoil(TokenDraft token) {
    spoil.accept(token);
  }
}
