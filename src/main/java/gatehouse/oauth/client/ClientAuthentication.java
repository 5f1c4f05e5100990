package gatehouse.oauth.client;

import gatehouse.crypto.Secrets;
import gatehouse.http.Form;
import gatehouse.http.HttpError;
import gatehouse.http.Request;
import gatehouse.oauth.OAuthError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Who is the client that calls the token endpoint, by exactly one method (RFC 6749 §2.3).
 *
 * <p>{@code client_secret_basic} and {@code client_secret_post} stand for each other: both carry the
 * same secret, and clients mix them up. A client registered with a secret is never taken for a public
 * one. What is wrong with the credentials is not said in detail.
 */
public final class ClientAuthentication {
  private static final String FAILED = "Client authentication failed.";

  private final Clients clients;

  public ClientAuthentication(Clients clients) {
    this.clients = clients;
  }

  private record Credentials(String id, String secret) {
  }

  /**
   * Authenticates the client of a request.
   *
   * @throws OAuthError {@code invalid_client}, or {@code invalid_request} for two methods at once
   */
  public Client authenticate(Request request, Form form) {
    Credentials basic = basic(request);
    String postedId = form.get("client_id");
    String postedSecret = form.get("client_secret");
    if (basic != null && postedSecret != null) {
      throw new OAuthError("invalid_request",
          "Use one way of client authentication, not two at once.");
    }
    if (basic != null && postedId != null && !postedId.equals(basic.id)) {
      throw new OAuthError("invalid_request",
          "client_id in the body differs from the authenticated client.");
    }
    Credentials given = basic != null ? basic : new Credentials(postedId, postedSecret);
    if (given.id == null) {
      throw OAuthError.invalidClient("No client is named. " + FAILED);
    }
    Client client = clients.find(given.id);
    if (client == null) {
      throw OAuthError.invalidClient(
          "This client is not registered here (any more). Register again.");
    }
    if (client.isPublic() ? given.secret != null : !proves(given.secret, client)) {
      throw OAuthError.invalidClient(FAILED);
    }
    return client;
  }

  private static boolean proves(String secret, Client client) {
    return secret != null && client.secretHash() != null
        && Secrets.equal(Secrets.hash(secret), client.secretHash());
  }

  /** RFC 6749 §2.3.1: both parts are form-encoded before they go into RFC 7617's base64. */
  private static Credentials basic(Request request) {
    String header = request.header("Authorization");
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
      return null;
    }
    try {
      String pair = new String(Base64.getDecoder().decode(header.substring(6).trim()),
          StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon > 0) {
        return new Credentials(decoded(pair.substring(0, colon)),
            decoded(pair.substring(colon + 1)));
      }
    } catch (IllegalArgumentException e) {
      // Not base64: the same as not the right credentials.
    }
    throw OAuthError.invalidClient(FAILED);
  }

  private static String decoded(String part) {
    try {
      return Form.parse("v=" + part.replace("&", "%26")).get("v", "");
    } catch (HttpError e) {
      // Sent without encoding, as some clients do: a per cent sign that stands for itself.
      return part;
    }
  }
}
