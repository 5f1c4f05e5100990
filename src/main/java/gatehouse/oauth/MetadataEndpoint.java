package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Document;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The authorization server's metadata (RFC 8414 §2, OpenID Connect Discovery §3): one document, the
 * same bytes at every address where somebody looks for it.
 *
 * <p>It advertises what is there and nothing else: clients act on it.
 */
public final class MetadataEndpoint {
  /** Short enough that an upgrade is noticed the same hour. */
  private static final String CACHE = "public, max-age=3600";

  /** "none" first: who introspects must prove itself, and its list begins with the second. */
  private static final List<String> AUTH_METHODS =
      List.of("none", "client_secret_basic", "client_secret_post", "private_key_jwt");

  private final String issuer;
  private final Scopes scopes;
  private final Collection<String> grantTypes;
  private final boolean registration;
  private final boolean documents;
  private final List<String> acrValues;
  private final List<String> languages;
  private volatile Made made;

  /** The document for a set of scopes, which may be added to while the server runs. */
  private record Made(Set<String> scopes, Document document) {
  }

  /**
   * The document of the issuer.
   *
   * @param registration whether clients may register themselves
   * @param documents whether client id metadata documents are accepted
   * @param languages those that there are pages in
   */
  public MetadataEndpoint(String issuer, Scopes scopes, Collection<String> grantTypes,
      boolean registration, boolean documents, List<String> acrValues,
      Collection<String> languages) {
    this.issuer = issuer;
    this.scopes = scopes;
    this.grantTypes = grantTypes;
    this.registration = registration;
    this.documents = documents;
    this.acrValues = List.copyOf(acrValues);
    this.languages = List.copyOf(languages);
  }

  private Made make() {
    Set<String> names = scopes.names();
    JsonObject json = new JsonObject()
        .add("issuer", issuer)
        .add("authorization_endpoint", issuer + "/authorize")
        .add("token_endpoint", issuer + "/token")
        .add("jwks_uri", issuer + "/jwks")
        .add("scopes_supported", Fields.array(names))
        .add("response_types_supported", Fields.array(List.of("code")))
        .add("response_modes_supported", Fields.array(List.of("query", "form_post")))
        .add("grant_types_supported", Fields.array(grantTypes))
        .add("code_challenge_methods_supported", Fields.array(List.of("S256")))
        .add("authorization_response_iss_parameter_supported", true)
        .add("pushed_authorization_request_endpoint", issuer + "/par")
        .add("require_pushed_authorization_requests", false)
        .add("revocation_endpoint", issuer + "/revoke")
        .add("introspection_endpoint", issuer + "/introspect");
    if (registration) {
      json.add("registration_endpoint", issuer + "/register");
    }
    json.add("client_id_metadata_document_supported", documents);
    authentication(json, "token", AUTH_METHODS);
    authentication(json, "revocation", AUTH_METHODS);
    authentication(json, "introspection", AUTH_METHODS.subList(1, AUTH_METHODS.size()));
    openIdConnect(json);
    return new Made(names, new Document(
        "application/json", json.toString().getBytes(StandardCharsets.UTF_8), CACHE));
  }

  /** What is left out would mean client_secret_basic alone (RFC 8414 §2). */
  private static void authentication(JsonObject json, String endpoint, List<String> methods) {
    json.add(endpoint + "_endpoint_auth_methods_supported", Fields.array(methods))
        .add(endpoint + "_endpoint_auth_signing_alg_values_supported",
            Fields.array(List.of("RS256", "ES256")));
  }

  /** OpenID Connect Discovery §3, RP-Initiated Logout §2.1. */
  private void openIdConnect(JsonObject json) {
    json.add("userinfo_endpoint", issuer + "/userinfo")
        .add("end_session_endpoint", issuer + "/logout")
        .add("subject_types_supported", Fields.array(List.of("public")))
        .add("id_token_signing_alg_values_supported", Fields.array(List.of("RS256")))
        .add("claims_supported", Fields.array(List.of("iss", "sub", "aud", "exp", "iat",
            "auth_time", "nonce", "at_hash", "acr", "amr", "name", "preferred_username", "email",
            "email_verified")))
        .add("prompt_values_supported",
            Fields.array(List.of("none", "login", "consent", "select_account")))
        .add("ui_locales_supported", Fields.array(languages))
        .add("acr_values_supported", Fields.array(acrValues))
        .add("claims_parameter_supported", false)
        .add("request_parameter_supported", false)
        .add("request_uri_parameter_supported", false);
  }

  /** GET. */
  public Response handle(Request request) {
    Made current = made;
    if (current == null || current.scopes != scopes.names()) {
      current = make();
      made = current;
    }
    return current.document.handle(request);
  }
}
