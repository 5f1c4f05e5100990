package gatehouse.oauth.client;

import gatehouse.crypto.Secrets;
import gatehouse.http.Form;
import gatehouse.http.HttpError;
import gatehouse.http.RateLimit;
import gatehouse.http.Request;
import gatehouse.oauth.OAuthError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Who is the client that calls the token endpoint, by exactly one method (RFC 6749 §2.3).
 *
 * <p>{@code client_secret_basic} and {@code client_secret_post} stand for each other: both carry
 * the same secret, and clients mix them up. A client registered with a secret is never taken for a
 * public one. What is wrong with the credentials is not said in detail.
 */
public final class ClientAuthentication {
  private static final String FAILED = "Client authentication failed.";

  private final Clients clients;
  private final ClientAssertion assertions;
  private final RateLimit attempts;

  /**
   * Authentication.
   *
   * @param attempts of one client from one address; the right secret fills it again
   */
  public ClientAuthentication(
      Clients clients, ClientAssertion assertions, RateLimit attempts) {
    this.clients = clients;
    this.assertions = assertions;
    this.attempts = attempts;
  }

  /** What a request says about its client; secret and assertion exclude each other. */
  private record Credentials(String id, String secret, String assertion) {
  }

  /**
   * Authenticates the client of a request.
   *
   * @throws OAuthError {@code invalid_client}, or {@code invalid_request} for two methods at once
   */
  public Client authenticate(Request request, Form form) {
    Credentials given = credentials(request, form);
    if (given.id == null) {
      throw OAuthError.invalidClient("No client is named. " + FAILED);
    }
    Client client = clients.find(given.id);
    if (client == null) {
      throw OAuthError.invalidClient(
          "This client is not registered here (any more). Register again.");
    }
    switch (client.authMethod()) {
      case "none" -> requireProof(given.secret == null && given.assertion == null);
      case "private_key_jwt" -> {
        requireProof(given.assertion != null);
        assertions.verify(given.assertion, client);
      }
      default -> requireSecret(given.secret, client, request.network());
    }
    return client;
  }

  /** RFC 6749 §2.3.1: guessing is slowed, since the operator's secrets are chosen by people. */
  private void requireSecret(String secret, Client client, String network) {
    // By network too, or a stranger could lock the client out; asked first, or guessing would go on.
    String guesser = client.id() + "\n" + network;
    long wait = attempts.take(guesser);
    if (wait > 0) {
      throw OAuthError.tooMany("Too many wrong secrets for this client.", wait);
    }
    requireProof(proves(secret, client));
    attempts.forget(guesser);
  }

  private static Credentials credentials(Request request, Form form) {
    Credentials basic = basic(request);
    String id = form.get("client_id");
    String secret = form.get("client_secret");
    String assertion = form.get("client_assertion");
    if ((basic == null ? 0 : 1) + (secret == null ? 0 : 1) + (assertion == null ? 0 : 1) > 1) {
      throw new OAuthError("invalid_request",
          "Use one way of client authentication, not two at once.");
    }
    if (assertion != null) {
      if (!ClientAssertion.TYPE.equals(form.get("client_assertion_type"))) {
        throw new OAuthError("invalid_request", "client_assertion_type must be "
            + ClientAssertion.TYPE + ".");
      }
      String claimed = ClientAssertion.claimedClient(assertion);
      requireProof(claimed != null);
      requireSame(id, claimed);
      return new Credentials(claimed, null, assertion);
    }
    if (basic != null) {
      requireSame(id, basic.id);
      return basic;
    }
    return new Credentials(id, secret, null);
  }

  /** RFC 6749 §3.2.1: a client_id in the body says the same as the credentials. */
  private static void requireSame(String posted, String authenticated) {
    if (posted != null && !posted.equals(authenticated)) {
      throw new OAuthError("invalid_request",
          "client_id in the body differs from the authenticated client.");
    }
  }

  private static void requireProof(boolean given) {
    if (!given) {
      throw OAuthError.invalidClient(FAILED);
    }
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
            decoded(pair.substring(colon + 1)), null);
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
