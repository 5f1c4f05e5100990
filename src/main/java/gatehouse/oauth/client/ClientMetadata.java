package gatehouse.oauth.client;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Urls;
import gatehouse.jose.JwkSet;
import gatehouse.json.Fields;
import gatehouse.oauth.OAuthError;
import gatehouse.oauth.RedirectUri;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the metadata that a client says of itself (RFC 7591 §2) and gives back what is accepted,
 * with every default spelled out.
 *
 * <p>What can be left out is left out rather than refused: real clients register a list of redirect
 * URIs of which some suit us, and grant types we do not have. It fails only if nothing usable
 * remains. Members we do not know are dropped (§2), and nothing is ever null in the answer.
 */
public final class ClientMetadata {
  /** More than any client has; each is compared at every authorization. */
  private static final int MAX_REDIRECT_URIS = 32;

  /** A name is shown on one line. */
  private static final int MAX_NAME_CHARS = 80;

  private static final int MAX_TEXT_CHARS = 2_048;

  private static final List<String> LINKS =
      List.of("client_uri", "logo_uri", "tos_uri", "policy_uri");

  /** What a kind of client may choose from. */
  private enum Rules {
    REGISTERED(List.of("none", "client_secret_basic", "client_secret_post", "private_key_jwt"),
        Set.of("authorization_code", "refresh_token")),
    /** A public document can hold no secret. */
    DOCUMENT(List.of("none", "private_key_jwt"),
        Set.of("authorization_code", "refresh_token")),
    /** Only the operator can let a client act for itself (RFC 7591 §5). */
    PRE_REGISTERED(REGISTERED.authMethods,
        Set.of("authorization_code", "refresh_token", "client_credentials"));

    private final List<String> authMethods;
    private final Set<String> grantTypes;

    Rules(List<String> authMethods, Set<String> grantTypes) {
      this.authMethods = authMethods;
      this.grantTypes = grantTypes;
    }
  }

  private final Fields given;
  private final Rules rules;

  private ClientMetadata(Fields given, Rules rules) {
    this.given = given;
    this.rules = rules;
  }

  /**
   * Metadata of a client that registers itself.
   *
   * @throws OAuthError {@code invalid_redirect_uri} or {@code invalid_client_metadata} (§3.2.2)
   */
  public static JsonObject acceptRegistration(Fields given) {
    return new ClientMetadata(given, Rules.REGISTERED).accept("client_secret_basic");
  }

  /** Metadata from a client id metadata document; see {@link #acceptRegistration}. */
  static JsonObject acceptDocument(Fields given) {
    // RP Metadata Choices: the list says what the client can do, the single value what it does.
    List<String> choices = given.texts("token_endpoint_auth_methods_supported");
    boolean hasKeys = given.has("jwks") || given.has("jwks_uri");
    return new ClientMetadata(given, Rules.DOCUMENT)
        .accept(hasKeys && choices.contains("private_key_jwt") ? "private_key_jwt" : "none");
  }

  /** Metadata that the operator wrote; see {@link #acceptRegistration}. */
  static JsonObject acceptPreRegistered(Fields given) {
    boolean wantsSecret =
        given.text("token_endpoint_auth_method", "").startsWith("client_secret");
    require(!wantsSecret || given.has("client_secret"), "'client_secret' is required.");
    return new ClientMetadata(given, Rules.PRE_REGISTERED)
        .accept(given.has("client_secret") ? "client_secret_basic"
            : given.has("jwks") || given.has("jwks_uri") ? "private_key_jwt" : "none");
  }

  private JsonObject accept(String usualAuthMethod) {
    String authMethod = given.text("token_endpoint_auth_method", usualAuthMethod);
    require(rules.authMethods.contains(authMethod), "'token_endpoint_auth_method' must be one of "
        + String.join(", ", rules.authMethods) + ".");
    Set<String> grantTypes = grantTypes();
    JsonObject accepted = new JsonObject();
    if (grantTypes.contains("authorization_code")) {
      accepted.add("redirect_uris", Fields.array(redirectUris(authMethod.equals("none"))))
          .add("response_types", Fields.array(responseTypes()));
    }
    accepted.add("token_endpoint_auth_method", authMethod);
    if (given.has("grant_types") || rules != Rules.REGISTERED) {
      accepted.add("grant_types", Fields.array(grantTypes));
    }
    name(accepted);
    keys(accepted, authMethod);
    links(accepted);
    // Scope is a hint about what the client will ask for, not a ceiling: clients register with the
    // scope of their first challenge and are stepped up later.
    for (String text : List.of("scope", "application_type", "software_id", "software_version")) {
      String value = given.text(text);
      if (value != null && value.length() <= MAX_TEXT_CHARS) {
        accepted.add(text, value);
      }
    }
    return accepted;
  }

  private List<String> redirectUris(boolean publicClient) {
    boolean web = "web".equals(given.text("application_type"));
    List<String> accepted = new ArrayList<>();
    String problem = "'redirect_uris' is required.";
    for (String uri : given.texts("redirect_uris")) {
      String why = RedirectUri.problem(uri, publicClient);
      if (why == null && web && !uri.startsWith("https:")) {
        why = "is not https, which application_type web demands"; // OIDC Registration §2
      }
      if (why != null && rules == Rules.PRE_REGISTERED) {
        // The operator's own mistake: to be mended, not to be passed over.
        throw new OAuthError("invalid_redirect_uri", "The redirect URI " + uri + " " + why + ".");
      } else if (why != null) {
        problem = "No redirect URI can be accepted; the last one " + why + ".";
      } else if (accepted.size() < MAX_REDIRECT_URIS && !accepted.contains(uri)) {
        accepted.add(uri);
      }
    }
    if (accepted.isEmpty()) {
      throw new OAuthError("invalid_redirect_uri", problem);
    }
    return accepted;
  }

  private Set<String> grantTypes() {
    Set<String> types = new LinkedHashSet<>(given.texts("grant_types"));
    if (types.isEmpty()) {
      types.add("authorization_code"); // RFC 7591 §2
      types.add("refresh_token");
    }
    types.retainAll(rules.grantTypes);
    require(types.contains("authorization_code") || types.contains("client_credentials"),
        "'grant_types' must contain authorization_code.");
    return types;
  }

  private List<String> responseTypes() {
    List<String> types = given.texts("response_types");
    require(types.isEmpty() || types.contains("code"),
        "'response_types' must be code, the only one that exists here.");
    return List.of("code");
  }

  private void name(JsonObject accepted) {
    String name = DisplayName.of(given.text("client_name", ""), MAX_NAME_CHARS);
    if (!name.isEmpty()) {
      accepted.add("client_name", name);
    }
  }

  private void keys(JsonObject accepted, String authMethod) {
    require(!given.has("jwks") || !given.has("jwks_uri"),
        "'jwks' and 'jwks_uri' exclude each other."); // RFC 7591 §2
    String jwksUri = given.text("jwks_uri");
    if (given.has("jwks")) {
      accepted.add("jwks", JwkSet.read(given.object("jwks")).json());
    } else if (jwksUri != null && jwksUri.length() <= MAX_TEXT_CHARS
        && Urls.parse(jwksUri) != null) {
      accepted.add("jwks_uri", jwksUri);
    } else {
      require(!authMethod.equals("private_key_jwt"),
          "private_key_jwt needs 'jwks' or 'jwks_uri'.");
    }
  }

  private void links(JsonObject accepted) {
    for (String link : LINKS) {
      String uri = given.text(link);
      if (uri != null && uri.length() <= MAX_TEXT_CHARS
          && (uri.startsWith("https://") || uri.startsWith("http://"))) {
        accepted.add(link, uri);
      }
    }
    List<String> logout = new ArrayList<>();
    for (String uri : given.texts("post_logout_redirect_uris")) {
      if (RedirectUri.problem(uri, true) == null && logout.size() < MAX_REDIRECT_URIS) {
        logout.add(uri);
      }
    }
    if (!logout.isEmpty()) {
      accepted.add("post_logout_redirect_uris", Fields.array(logout));
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new OAuthError("invalid_client_metadata", otherwise);
    }
  }
}
