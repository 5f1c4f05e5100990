package gatehouse.oauth.client;

import com.eclipsesource.json.JsonObject;
import gatehouse.json.Fields;
import java.util.List;

/**
 * An OAuth client (RFC 6749 §2): its metadata in the terms of RFC 7591 §2, with every default
 * filled in, and where we know it from.
 *
 * @param id the client identifier
 * @param source how it became known here
 * @param metadata as accepted; written out on registration as it stands
 * @param secretHash SHA-256 of its secret, or null if it has none
 */
public record Client(String id, Source source, JsonObject metadata, String secretHash) {

  /** How a client became known. */
  public enum Source {
    /** The operator wrote it into the configuration. */
    PRE_REGISTERED,
    /** It registered itself (RFC 7591). */
    REGISTERED,
    /** Its id is the address of its metadata document. */
    DOCUMENT
  }

  private static final List<String> INTERACTIVE = List.of("authorization_code", "refresh_token");

  private Fields fields() {
    return Fields.of(metadata);
  }

  /** What it calls itself: hostile text until somebody vouches for it. */
  public String name() {
    return fields().text("client_name", id);
  }

  public List<String> redirectUris() {
    return fields().texts("redirect_uris");
  }

  /** How it proves itself at the token endpoint; {@code none} for a public client. */
  public String authMethod() {
    return fields().text("token_endpoint_auth_method", "client_secret_basic");
  }

  /** Whether it has no way to prove itself (RFC 6749 §2.1). */
  public boolean isPublic() {
    return authMethod().equals("none");
  }

  /**
   * Whether it may use the grant type. One that has not said which it needs is interactive, and may
   * refresh as well: many clients never learned to say so.
   */
  public boolean allows(String grantType) {
    List<String> types = fields().texts("grant_types");
    return types.contains(grantType) || types.isEmpty() && INTERACTIVE.contains(grantType);
  }
}
