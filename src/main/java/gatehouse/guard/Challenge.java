package gatehouse.guard;

import gatehouse.http.Response;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The answers that tell a client how to get a token, or a better one: {@code WWW-Authenticate} by
 * RFC 6750 §3 with the {@code resource_metadata} of RFC 9728 §5.1.
 *
 * <p>{@code Bearer} comes first, because some clients read only the first challenge. The scopes of
 * a 403 are those the operation needs together with those the token already has: a client that
 * replaces its scopes rather than adding to them keeps what it had. The body says the same again in
 * the caller's format, since many clients show nothing else.
 */
public final class Challenge {
  private final String resourceMetadata;
  private final Supplier<Set<String>> baseScopes;

  /**
   * Challenges for a resource.
   *
   * @param resourceMetadata the URL of its RFC 9728 document, or null if it has none
   * @param baseScopes the scopes that a first connection should ask for
   */
  public Challenge(String resourceMetadata, Set<String> baseScopes) {
    this(resourceMetadata, () -> baseScopes);
  }

  /** Challenges for a resource whose scopes may change while the server runs. */
  public Challenge(String resourceMetadata, Supplier<Set<String>> baseScopes) {
    this.resourceMetadata = resourceMetadata;
    this.baseScopes = baseScopes;
  }

  /** No token at all: 401 without an error code (RFC 6750 §3.1). */
  public Response tokenNeeded(Response body) {
    return body.with("WWW-Authenticate", "Bearer " + pointer(baseScope()));
  }

  /** A token that is not accepted: 401 {@code invalid_token}. */
  public Response invalidToken(Response body, String description) {
    return body.with("WWW-Authenticate", "Bearer error=\"invalid_token\", "
        + "error_description=\"" + quotable(description) + "\", " + pointer(baseScope()));
  }

  /** A request that carries its token wrongly: 400 {@code invalid_request}. */
  public Response invalidRequest(Response body, String description) {
    return body.with("WWW-Authenticate", "Bearer error=\"invalid_request\", "
        + "error_description=\"" + quotable(description) + "\", " + pointer(baseScope()));
  }

  /** A token that may not do this: 403 {@code insufficient_scope} naming all that is needed. */
  public Response insufficientScope(Response body, Access access, Set<String> needed) {
    Set<String> wanted = new TreeSet<>(access.granted());
    wanted.addAll(needed);
    return body.with("WWW-Authenticate", "Bearer error=\"insufficient_scope\", "
        + pointer(String.join(" ", wanted)) + ", error_description=\""
        + quotable(scopeSentence(access, needed)) + "\"");
  }

  /** What a person has to do about missing scopes: a refreshed token would not have them either. */
  public static String scopeSentence(Access access, Set<String> needed) {
    return "This needs the scope " + String.join(" ", access.missing(needed))
        + ". Ask the user for it by a new authorization; refreshing will not add it.";
  }

  private String baseScope() {
    return String.join(" ", baseScopes.get());
  }

  private String pointer(String scope) {
    String pointer = resourceMetadata == null ? "realm=\"gatehouse\""
        : "resource_metadata=\"" + resourceMetadata + "\"";
    return scope.isEmpty() ? pointer : pointer + ", scope=\"" + scope + "\"";
  }

  /** Keeps a text within RFC 6750 §3: printable ASCII without quote and backslash. */
  private static String quotable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c >= 0x20 && c <= 0x7e && c != '"' && c != '\\' ? c : ' ');
    }
    return out.toString();
  }
}
