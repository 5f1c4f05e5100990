package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.RateLimit;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import gatehouse.oauth.client.ClientMetadata;
import gatehouse.oauth.client.Registered;
import java.util.Set;

/**
 * {@code /register}: dynamic client registration (RFC 7591). Deprecated by MCP 2026-07-28 in favour of
 * client id metadata documents, and still what most clients do.
 */
public final class RegisterEndpoint {
  private static final Set<String> AUTH_METHODS =
      Set.of("none", "client_secret_basic", "client_secret_post");

  private final Registered registered;
  private final RateLimit byAddress;

  /**
   * The endpoint.
   *
   * @param byAddress generous: hosted clients of many users share an address
   */
  public RegisterEndpoint(Registered registered, RateLimit byAddress) {
    this.registered = registered;
    this.byAddress = byAddress;
  }

  /** POST. */
  public Response handle(Request request) {
    if (!request.hasMediaType("application/json")) {
      throw new OAuthError("invalid_client_metadata", "The body must be application/json.");
    }
    long wait = byAddress.take(request.remoteAddress());
    if (wait > 0) {
      return new OAuthError(429, "temporarily_unavailable",
          "Too many registrations from this address.", null).json()
          .with("Retry-After", "" + wait);
    }
    JsonObject accepted =
        ClientMetadata.accept(Fields.readObject(request.body()), AUTH_METHODS);
    Registered.Registration registration = registered.add(accepted);
    JsonObject answer = new JsonObject()
        .add("client_id", registration.client().id())
        .add("client_id_issued_at", registration.issuedAt().getEpochSecond());
    if (registration.secret() != null) {
      answer.add("client_secret", registration.secret())
          .add("client_secret_expires_at", 0); // never; RFC 7591 §3.2.1 wants it said
    }
    return Response.json(201, answer.merge(accepted)).with("Pragma", "no-cache");
  }
}
