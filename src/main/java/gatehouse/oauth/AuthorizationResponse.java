package gatehouse.oauth;

import gatehouse.http.Response;
import gatehouse.http.Urls;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer that goes back to the client through the browser (RFC 6749 §4.1.2): a code or an error,
 * always with the client's {@code state} as it came and with our {@code iss} (RFC 9207 §2).
 *
 * <p>One exists only once client and redirect URI are proven.
 */
public final class AuthorizationResponse {
  private final String issuer;
  private final String redirectUri;
  private final String state;

  /**
   * A response yet to be filled.
   *
   * @param state of the request, or null
   */
  AuthorizationResponse(String issuer, String redirectUri, String state) {
    this.issuer = issuer;
    this.redirectUri = redirectUri;
    this.state = state;
  }

  /** The user has allowed it. */
  public Response code(String code) {
    return redirect(Map.of("code", code));
  }

  /** It was refused, by the user or by us. */
  public Response error(OAuthError error) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("error", error.code());
    parameters.put("error_description", error.description());
    return redirect(parameters);
  }

  private Response redirect(Map<String, String> parameters) {
    String url = redirectUri;
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      url = Urls.append(url, parameter.getKey(), parameter.getValue());
    }
    if (state != null) {
      url = Urls.append(url, "state", state);
    }
    return Response.redirect(Urls.append(url, "iss", issuer));
  }
}
