package gatehouse.oauth;

import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.login.Pages;
import gatehouse.oauth.client.Client;
import gatehouse.oauth.client.Clients;
import java.util.List;
import java.util.Set;

/**
 * Checks authorization requests, in two phases that must not be mixed (RFC 6749 §4.1.2.1).
 *
 * <pre>
 *   prove   client_id     known here                          failure: a page for the person,
 *           redirect_uri  registered by that client           never a redirect
 *   ───────────────────────────────────────────────────────────────────────────────────────
 *   check   every parameter once         RFC 6749 §3.1        failure: redirected to the client
 *           request, request_uri, …      OIDC Core §3.1.2.6   with error, state and iss
 *           response_type = code         RFC 6749 §3.1.1
 *           response_mode                OAuth 2.0 Form Post Response Mode
 *           code_challenge, S256         RFC 7636 §4.3
 *           resource                     RFC 8707 §2
 *           scope, narrowed              RFC 6749 §3.3
 *           prompt, max_age              OIDC Core §3.1.2.1
 * </pre>
 */
public final class AuthorizationRequests {
  private static final Set<String> PROMPTS = Set.of("none", "login", "consent", "select_account");

  /** Ways to pass a request that we do not have, each with the error that OIDC Core gives it. */
  private static final List<String> OTHER_WAYS = List.of("request", "request_uri", "registration");

  private static final String FORM_POST = "form_post";

  private final String issuer;
  private final Pages pages;
  private final Clients clients;
  private final Scopes scopes;
  private final ResourceIndicator resources;

  public AuthorizationRequests(
      String issuer, Pages pages, Clients clients, Scopes scopes, ResourceIndicator resources) {
    this.issuer = issuer;
    this.pages = pages;
    this.clients = clients;
    this.scopes = scopes;
    this.resources = resources;
  }

  /** A request of which we know whom to answer, and nothing else yet. */
  public record Proven(
      Form form, Client client, String redirectUri, AuthorizationResponse response) {
  }

  /**
   * The first phase.
   *
   * @throws OAuthError to be shown on a page of ours
   */
  public Proven prove(Request request, Form form) {
    try {
      String clientId = form.get("client_id");
      if (clientId == null) {
        throw new OAuthError("invalid_request",
            "The request does not say which client it is from.");
      }
      Client client = clients.find(clientId);
      if (client == null) {
        throw new OAuthError("invalid_client", "This application is not registered here.");
      }
      String redirectUri = redirectUri(form, client);
      // A state given twice is an error of the second phase, which then answers without one.
      List<String> state = form.all("state");
      boolean formPost = form.all("response_mode").contains(FORM_POST)
          && redirectUri.startsWith("http");
      return new Proven(form, client, redirectUri, new AuthorizationResponse(
          pages, formPost ? language(request, form) : null, issuer, redirectUri,
          state.size() == 1 ? state.get(0) : null));
    } catch (Form.RepeatedParameter e) {
      throw new OAuthError("invalid_request", "A parameter appears more than once.");
    }
  }

  /**
   * The second phase.
   *
   * @throws OAuthError to be redirected to the client
   */
  public AuthorizationRequest check(Proven proven) {
    Form form = proven.form;
    requireEachOnce(form);
    for (String way : OTHER_WAYS) {
      refuseIf(form.get(way) != null, way + "_not_supported",
          "The parameter " + way + " is not supported.");
    }
    requireResponseType(form);
    requireResponseMode(form, proven.redirectUri);
    String challenge = challenge(form);
    Set<String> audience = resources.resolve(form.all("resource"));
    Set<String> narrowed = scopes.narrow(form.get("scope"));
    refuseIf(narrowed.contains(Scopes.OPENID) && form.get("redirect_uri") == null,
        "invalid_request", "redirect_uri is required with openid."); // OIDC Core §3.1.2.1
    return new AuthorizationRequest(form, proven.client, proven.redirectUri, proven.response,
        narrowed, audience, challenge, form.get("nonce"), prompt(form), maxAge(form));
  }

  private String language(Request request, Form form) {
    List<String> locales = form.all("ui_locales");
    return pages.language(request, locales.isEmpty() ? null : locales.get(0));
  }

  private static String redirectUri(Form form, Client client) {
    String requested = form.get("redirect_uri");
    List<String> registered = client.redirectUris();
    if (requested == null) {
      // OAuth 2.1 §4.1.1: may be left out if there is only one it could be.
      if (registered.size() != 1) {
        throw new OAuthError("invalid_request", "The request does not say where to return to.");
      }
      return registered.get(0);
    }
    if (!RedirectUri.matches(registered, requested)) {
      throw new OAuthError("invalid_request",
          "The address to return to is not one that this application has registered.");
    }
    return requested;
  }

  private static void requireEachOnce(Form form) {
    for (String name : form.names()) {
      refuseIf(!name.equals("resource") && form.all(name).size() > 1, "invalid_request",
          "A parameter appears more than once.");
    }
  }

  private static void requireResponseType(Form form) {
    String type = form.get("response_type");
    refuseIf(type == null, "invalid_request", "The parameter response_type is required.");
    refuseIf(!type.equals("code"), "unsupported_response_type", "response_type must be code.");
  }

  private static void requireResponseMode(Form form, String redirectUri) {
    String mode = form.get("response_mode", "query");
    boolean canPost = redirectUri.startsWith("http"); // an app's own scheme cannot receive a form
    refuseIf(!mode.equals("query") && !(mode.equals(FORM_POST) && canPost), "invalid_request",
        "response_mode must be query, or form_post for a web address.");
  }

  private static String challenge(Form form) {
    String challenge = form.get("code_challenge");
    refuseIf(challenge == null, "invalid_request",
        "PKCE is required: the parameter code_challenge is missing.");
    // RFC 7636 §4.3: a missing method means plain, which is not accepted.
    refuseIf(!"S256".equals(form.get("code_challenge_method")), "invalid_request",
        "code_challenge_method must be S256.");
    refuseIf(!Pkce.isChallenge(challenge), "invalid_request",
        "code_challenge must be 43 base64url characters.");
    return challenge;
  }

  private static Set<String> prompt(Form form) {
    Set<String> prompt = Scopes.split(form.get("prompt"));
    refuseIf(!PROMPTS.containsAll(prompt), "invalid_request", "prompt has an unknown value.");
    refuseIf(prompt.contains("none") && prompt.size() > 1, "invalid_request",
        "prompt=none cannot be combined.");
    return prompt;
  }

  private static long maxAge(Form form) {
    String text = form.get("max_age");
    if (text == null) {
      return -1;
    }
    // Nine digits are thirty years of seconds.
    refuseIf(text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9'),
        "invalid_request", "max_age must be a number of seconds.");
    return Long.parseLong(text);
  }

  private static void refuseIf(boolean wrong, String code, String text) {
    if (wrong) {
      throw new OAuthError(code, text);
    }
  }
}
