package gatehouse.oauth;

import gatehouse.http.Response;
import gatehouse.http.SecurityHeaders;
import gatehouse.http.Urls;
import gatehouse.login.Pages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer that goes back to the client through the browser (RFC 6749 §4.1.2): a code or an
 * error, always with the client's {@code state} as it came and with our {@code iss} (RFC 9207 §2).
 *
 * <p>One exists only once client and redirect URI are proven.
 */
public final class AuthorizationResponse {
  private final Pages pages;
  private final String language;
  private final String issuer;
  private final String redirectUri;
  private final String state;

  /**
   * A response yet to be filled.
   *
   * @param language of the page with the form in which the parameters travel; null if they travel
   *     in the URL
   * @param state of the request, or null
   */
  AuthorizationResponse(
      Pages pages, String language, String issuer, String redirectUri, String state) {
    this.pages = pages;
    this.language = language;
    this.issuer = issuer;
    this.redirectUri = redirectUri;
    this.state = state;
  }

  /** The user has allowed it. */
  public Response code(String code) {
    return send(Map.of("code", code));
  }

  /** It was refused, by the user or by us. */
  public Response error(OAuthError error) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("error", error.code());
    parameters.put("error_description", error.description());
    return send(parameters);
  }

  private Response send(Map<String, String> outcome) {
    Map<String, String> parameters = new LinkedHashMap<>(outcome);
    if (state != null) {
      parameters.put("state", state);
    }
    parameters.put("iss", issuer);
    return language != null ? form(parameters) : redirect(parameters);
  }

  private Response redirect(Map<String, String> parameters) {
    String url = redirectUri;
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      url = Urls.append(url, parameter.getKey(), parameter.getValue());
    }
    return Response.redirect(url);
  }

  /** OAuth 2.0 Form Post Response Mode §2: a form that sends itself, or is sent by a press. */
  private Response form(Map<String, String> parameters) {
    List<Map<String, String>> fields = new ArrayList<>();
    parameters.forEach((name, value) -> fields.add(Map.of("name", name, "value", value)));
    return pages.show(language, 200, "form_post.html", Map.of(
        "action", redirectUri,
        "target", RedirectUri.display(redirectUri),
        "fields", fields))
        .with("Content-Security-Policy",
            SecurityHeaders.pagePolicy(RedirectUri.formTarget(redirectUri)));
  }
}
