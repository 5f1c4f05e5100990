package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.jose.Jws;
import gatehouse.jose.KeyRing;
import gatehouse.jose.VerifiedJwt;
import gatehouse.oauth.client.Client;
import gatehouse.oauth.client.ClientAuthentication;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * {@code /introspect} (RFC 7662): what a token is good for at this moment, for resource servers
 * that cannot or do not want to verify it themselves.
 *
 * <p>Only a client that can prove itself may ask: about its own tokens, or about any if the
 * operator has registered it. Whatever is not good is {@code {"active":false}} and nothing more
 * (§4). With {@code Accept: application/token-introspection+jwt} the answer is signed (RFC 9701).
 */
public final class IntrospectEndpoint {
  private static final String SIGNED = "application/token-introspection+jwt";

  private final String issuer;
  private final ClientAuthentication authentication;
  private final AccessTokens accessTokens;
  private final RefreshTokens refreshTokens;
  private final Grants grants;
  private final KeyRing keys;
  private final Clock clock;

  public IntrospectEndpoint(String issuer, ClientAuthentication authentication,
      AccessTokens accessTokens, RefreshTokens refreshTokens, Grants grants, KeyRing keys,
      Clock clock) {
    this.issuer = issuer;
    this.authentication = authentication;
    this.accessTokens = accessTokens;
    this.refreshTokens = refreshTokens;
    this.grants = grants;
    this.keys = keys;
    this.clock = clock;
  }

  /** POST. */
  public Response handle(Request request) {
    Form form = request.form();
    Client client = authentication.authenticate(request, form);
    if (client.isPublic()) {
      throw OAuthError.invalidClient("A client without credentials cannot introspect.");
    }
    String token = form.get("token");
    if (token == null) {
      throw new OAuthError("invalid_request", "The parameter token is required.");
    }
    JsonObject facts = facts(token);
    boolean mayKnow = client.source() == Client.Source.PRE_REGISTERED
        || client.id().equals(facts.getString("client_id", null));
    JsonObject answer = mayKnow ? facts : inactive();
    String accept = request.header("Accept");
    return accept != null && accept.contains(SIGNED) ? signed(answer, client)
        : Response.json(200, answer);
  }

  private JsonObject facts(String token) {
    VerifiedJwt jwt = accessTokens.read(token);
    return jwt == null ? refreshTokenFacts(token)
        : accessTokens.holds(jwt) ? accessTokenFacts(jwt) : inactive();
  }

  private static JsonObject accessTokenFacts(VerifiedJwt jwt) {
    JsonObject facts = new JsonObject().add("active", true).add("token_type", "Bearer");
    for (String claim : new String[] {
        "iss", "sub", "aud", "exp", "iat", "jti", "client_id", "scope"}) {
      facts.add(claim, jwt.claims().value(claim));
    }
    return jwt.claims().has(AccessTokens.GRANT) ? facts.add("username", jwt.subject()) : facts;
  }

  private JsonObject refreshTokenFacts(String token) {
    String grantId = refreshTokens.isCurrent(token) ? refreshTokens.grantOf(token) : null;
    Grants.Grant grant = grantId == null ? null : grants.find(grantId);
    return grant == null ? inactive() : new JsonObject()
        .add("active", true)
        .add("iss", issuer)
        .add("sub", grant.user())
        .add("username", grant.user())
        .add("exp", grant.ends().getEpochSecond())
        .add("client_id", grant.clientId())
        .add("scope", String.join(" ", grant.scopes()));
  }

  /** RFC 9701 §5. */
  private Response signed(JsonObject answer, Client client) {
    KeyRing.SigningKey key = keys.current();
    String jwt = Jws.sign(key.key(), key.jwk().kid(), "token-introspection+jwt", new JsonObject()
        .add("iss", issuer)
        .add("aud", client.id())
        .add("iat", clock.instant().getEpochSecond())
        .add("token_introspection", answer));
    return Response.bytes(200, SIGNED, jwt.getBytes(StandardCharsets.US_ASCII));
  }

  private static JsonObject inactive() {
    return new JsonObject().add("active", false);
  }
}
