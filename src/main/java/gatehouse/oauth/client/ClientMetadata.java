package gatehouse.oauth.client;

import com.eclipsesource.json.JsonObject;
import gatehouse.json.Fields;
import gatehouse.oauth.OAuthError;
import gatehouse.oauth.RedirectUri;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the metadata that a client says of itself (RFC 7591 §2) and gives back what is accepted, with
 * every default spelled out.
 *
 * <p>What can be left out is left out rather than refused: real clients register a list of redirect
 * URIs of which some suit us, and grant types we do not have. A registration fails only if nothing
 * usable remains. Members we do not know are dropped (§2), and nothing is ever null in the answer.
 */
public final class ClientMetadata {
  /** More than any client has; each is compared at every authorization. */
  private static final int MAX_REDIRECT_URIS = 32;

  /** A name is shown on one line. */
  private static final int MAX_NAME_CHARS = 128;

  private static final int MAX_URI_CHARS = 2_048;

  private static final Set<String> INTERACTIVE_GRANTS =
      Set.of("authorization_code", "refresh_token");

  private static final List<String> LINKS =
      List.of("client_uri", "logo_uri", "tos_uri", "policy_uri");

  private ClientMetadata() {
  }

  /**
   * Reads metadata.
   *
   * @param authMethods what the client may choose from
   * @throws OAuthError {@code invalid_redirect_uri} or {@code invalid_client_metadata} (§3.2.2)
   */
  public static JsonObject accept(Fields given, Set<String> authMethods) {
    String authMethod = given.text("token_endpoint_auth_method", "client_secret_basic");
    require(authMethods.contains(authMethod),
        "'token_endpoint_auth_method' must be one of " + String.join(", ", authMethods) + ".");
    List<String> redirectUris = redirectUris(given, authMethod.equals("none"));
    Set<String> grantTypes = grantTypes(given);
    require(responseTypes(given).equals(List.of("code")),
        "'response_types' must be code, the only one that exists here.");

    JsonObject accepted = new JsonObject()
        .add("redirect_uris", Fields.array(redirectUris))
        .add("token_endpoint_auth_method", authMethod)
        .add("grant_types", Fields.array(grantTypes))
        .add("response_types", Fields.array(List.of("code")));
    String name = given.text("client_name");
    if (name != null && !name.isBlank()) {
      accepted.add("client_name", printable(name));
    }
    for (String link : LINKS) {
      String uri = given.text(link);
      if (uri != null && uri.length() <= MAX_URI_CHARS
          && (uri.startsWith("https://") || uri.startsWith("http://"))) {
        accepted.add(link, uri);
      }
    }
    // A hint about what it will ask for, not a ceiling: clients register with the scope of their
    // first challenge and are stepped up later.
    for (String text : List.of("scope", "application_type", "software_id", "software_version")) {
      String value = given.text(text);
      if (value != null && value.length() <= MAX_URI_CHARS) {
        accepted.add(text, value);
      }
    }
    return accepted;
  }

  private static List<String> redirectUris(Fields given, boolean publicClient) {
    List<String> accepted = new ArrayList<>();
    String problem = "'redirect_uris' is required.";
    for (String uri : given.texts("redirect_uris")) {
      String why = RedirectUri.problem(uri, publicClient);
      if (why == null && accepted.size() < MAX_REDIRECT_URIS) {
        accepted.add(uri);
      } else if (why != null) {
        problem = "No redirect URI can be accepted; the last one " + why + ".";
      }
    }
    if (accepted.isEmpty()) {
      throw new OAuthError("invalid_redirect_uri", problem);
    }
    return accepted;
  }

  private static Set<String> grantTypes(Fields given) {
    Set<String> types = new LinkedHashSet<>(given.texts("grant_types"));
    if (types.isEmpty()) {
      types.add("authorization_code");
    }
    types.retainAll(INTERACTIVE_GRANTS);
    require(types.contains("authorization_code"),
        "'grant_types' must contain authorization_code.");
    return types;
  }

  private static List<String> responseTypes(Fields given) {
    List<String> types = given.texts("response_types");
    return types.isEmpty() ? List.of("code") : types;
  }

  /** The name without control characters and direction marks, which could rearrange our page. */
  private static String printable(String name) {
    StringBuilder out = new StringBuilder();
    name.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .limit(MAX_NAME_CHARS)
        .forEach(out::appendCodePoint);
    return out.toString().strip();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new OAuthError("invalid_client_metadata", otherwise);
    }
  }
}
