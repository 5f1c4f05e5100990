package gatehouse.guard;

import com.eclipsesource.json.JsonValue;
import gatehouse.http.BackChannel;
import gatehouse.http.Form;
import gatehouse.http.HttpError;
import gatehouse.jose.Jwk;
import gatehouse.jose.Jwt;
import gatehouse.jose.JwtValidator;
import gatehouse.jose.RemoteIssuer;
import gatehouse.json.Fields;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Lets in tokens of another authorization server: one that signs them (RFC 9068 §4), or one that is
 * asked about each (RFC 7662).
 *
 * <p>Either way the token must be of that issuer, must name this resource as audience, and must not
 * have ended (MCP authorization, "Token Handling"). The audience is also what keeps ID tokens out:
 * theirs is a client. {@code typ} may be {@code at+jwt}, {@code JWT} or missing, since most servers
 * in use have not heard of RFC 9068; for the same reason scopes are read from {@code scope} or
 * {@code scp}, and the client from {@code client_id}, {@code azp} or {@code cid}.
 *
 * <p>If the server cannot be reached, the answer is 503 and not 401: the token may be as good as
 * ever, and a client that threw it away would bother the user for nothing. A revocation is not
 * noticed unless the server is asked.
 */
public final class RemoteVerifier implements TokenVerifier {
  private static final System.Logger LOG = System.getLogger("gatehouse.guard");

  private static final Set<String> TYPES = Set.of("at+jwt", "jwt", "");

  private final AuthorizationServer server;
  private final String audience;
  private final RemoteIssuer published;
  private final JwtValidator validator;
  private final BackChannel channel;
  private final UnaryOperator<Set<String>> implied;
  private final Clock clock;

  /**
   * A verifier of the tokens of one server, which is not spoken to before there is one.
   *
   * @param resource the audience, if the server is not said to name another
   * @param implied adds the scopes that others imply
   */
  public RemoteVerifier(AuthorizationServer server, String resource, BackChannel channel,
      UnaryOperator<Set<String>> implied, Clock clock) {
    this.server = server;
    this.audience = server.audience() == null ? resource : server.audience();
    this.published = new RemoteIssuer(server.issuer(), channel, clock);
    this.validator =
        new JwtValidator(TYPES, server.issuer(), Set.of(audience), this::candidates, clock);
    this.channel = channel;
    this.implied = implied;
    this.clock = clock;
  }

  /**
   * For several servers: a token goes to the one that it names, and one that names none to the one
   * that is asked about tokens.
   *
   * <p>The same subject of two issuers is two people, so subjects become {@code issuer#subject}.
   *
   * @param all of different issuers; at most one of them is asked
   */
  public static TokenVerifier any(List<RemoteVerifier> all) {
    if (all.size() == 1) {
      return all.get(0);
    }
    return token -> {
      String named = issuerOf(token);
      for (RemoteVerifier verifier : all) {
        String issuer = verifier.server.issuer();
        if (named == null ? verifier.isAsked() : issuer.equals(named)) {
          Access access = verifier.verify(token);
          return new Access(issuer + "#" + access.subject(), access.clientId(), access.scopes(),
              access.granted(), access.expires());
        }
      }
      throw invalid("the token was issued by somebody else");
    };
  }

  /**
   * Verifies a token; may fetch keys for it, or ask.
   *
   * @throws HttpError 503 if the server would have to be reached, and cannot
   */
  @Override
  public Access verify(String token) throws InvalidToken {
    try {
      return isAsked() ? answered(ask(token)) : signed(token);
    } catch (Fields.Malformed e) {
      throw invalid(e.getMessage());
    }
  }

  private boolean isAsked() {
    return server.clientId() != null;
  }

  private Access signed(String token) {
    var jwt = validator.validate(token);
    return access(jwt.claims(), jwt.expires());
  }

  /** Nothing can be said about a signature as long as no key is known. */
  private List<Jwk> candidates(String kid, String alg) {
    List<Jwk> found = published.candidates(kid, alg);
    if (found.isEmpty() && !published.hasKeys()) {
      throw unreachable();
    }
    return found;
  }

  /** RFC 7662 §2.1. */
  private Fields ask(String token) {
    try {
      return channel.post(published.metadata().needText("introspection_endpoint"),
          Form.of(Map.of("token", token, "token_type_hint", "access_token")),
          BackChannel.basic(server.clientId(), server.clientSecret()));
    } catch (BackChannel.Failed | Fields.Malformed e) {
      LOG.log(Level.WARNING, "{0} could not be asked about a token: {1}", server, e.getMessage());
      throw unreachable();
    }
  }

  /** RFC 7662 §2.2. */
  private Access answered(Fields facts) {
    require(facts.flag("active", false), "its issuer says that it is not active");
    require(server.issuer().equals(facts.text("iss", server.issuer())),
        "the token was issued by somebody else");
    JsonValue aud = facts.value("aud");
    List<String> audiences = aud == null ? List.of()
        : aud.isString() ? List.of(aud.asString()) : facts.texts("aud");
    require(audiences.contains(audience), "the token is meant for another audience");
    long ends = facts.number("exp", 0);
    require(ends == 0 || clock.instant().getEpochSecond() < ends, "the token has expired");
    // Without an end we may believe it now, and have to ask again at once.
    return access(facts, ends == 0 ? clock.instant() : Instant.ofEpochSecond(ends));
  }

  private Access access(Fields claims, Instant expires) {
    String client = claims.text("client_id", claims.text("azp", claims.text("cid")));
    require(client != null, "the token names no client");
    Set<String> granted = scopes(claims);
    return new Access(
        claims.needText("sub"), client, implied.apply(granted), granted, expires);
  }

  private static Set<String> scopes(Fields claims) {
    Set<String> scopes = new LinkedHashSet<>();
    String name = claims.has("scope") ? "scope" : "scp";
    if (claims.value(name) != null && claims.value(name).isArray()) {
      scopes.addAll(claims.texts(name));
    } else {
      scopes.addAll(List.of(claims.text(name, "").split(" ")));
    }
    scopes.remove("");
    return scopes;
  }

  /** Whom it names, unverified: it only says whose rules apply. Null if it is no JWT. */
  private static String issuerOf(String token) {
    try {
      return Jwt.parse(token).unverifiedClaims().text("iss");
    } catch (Fields.Malformed e) {
      return null;
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Fields.Malformed(otherwise);
    }
  }

  private static InvalidToken invalid(String why) {
    return new InvalidToken("The access token is not valid: " + why + ".");
  }

  private static HttpError unreachable() {
    return new HttpError(503, "The token cannot be checked right now. Please try again.");
  }
}
