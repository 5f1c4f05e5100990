package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * The authorization server's metadata (RFC 8414 §2, OpenID Connect Discovery §3): one document, the
 * same bytes at every address where somebody looks for it.
 *
 * <p>It advertises what is there and nothing else: clients act on it.
 */
public final class MetadataEndpoint {
  /** Short enough that an upgrade is noticed the same hour. */
  private static final String CACHE = "public, max-age=3600";

  private final byte[] document;

  /** The document of the issuer. */
  public MetadataEndpoint(String issuer, Scopes scopes, Collection<String> grantTypes) {
    List<String> authMethods = List.of("none", "client_secret_basic", "client_secret_post");
    JsonObject json = new JsonObject()
        .add("issuer", issuer)
        .add("authorization_endpoint", issuer + "/authorize")
        .add("token_endpoint", issuer + "/token")
        .add("registration_endpoint", issuer + "/register")
        .add("jwks_uri", issuer + "/jwks")
        .add("scopes_supported", Fields.array(scopes.names()))
        .add("response_types_supported", Fields.array(List.of("code")))
        .add("response_modes_supported", Fields.array(List.of("query")))
        .add("grant_types_supported", Fields.array(grantTypes))
        .add("token_endpoint_auth_methods_supported", Fields.array(authMethods))
        .add("code_challenge_methods_supported", Fields.array(List.of("S256")))
        .add("authorization_response_iss_parameter_supported", true)
        .add("subject_types_supported", Fields.array(List.of("public")))
        .add("id_token_signing_alg_values_supported", Fields.array(List.of("RS256")))
        .add("request_parameter_supported", false)
        .add("request_uri_parameter_supported", false)
        .add("claims_parameter_supported", false);
    document = json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** GET. */
  public Response handle(Request request) {
    return Response.bytes(200, "application/json", document).with("Cache-Control", CACHE);
  }
}
