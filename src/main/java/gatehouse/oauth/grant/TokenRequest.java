package gatehouse.oauth.grant;

import gatehouse.http.Form;
import gatehouse.oauth.OAuthError;
import gatehouse.oauth.client.Client;

/**
 * A request at the token endpoint.
 *
 * @param client authenticated by its method, which for a public client is no proof
 */
public record TokenRequest(Client client, Form form) {

  /** A parameter that must be there. */
  public String need(String name) {
    String value = form.get(name);
    if (value == null) {
      throw new OAuthError("invalid_request", "The parameter " + name + " is required.");
    }
    return value;
  }
}
