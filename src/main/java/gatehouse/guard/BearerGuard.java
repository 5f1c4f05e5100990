package gatehouse.guard;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Audit;
import gatehouse.http.Handler;
import gatehouse.http.Request;
import gatehouse.http.Response;
import java.util.List;

/**
 * In front of a protected resource: finds the token, has it verified, and lets the request through
 * with its {@link Access}; or answers with a challenge (RFC 6750 §2.1 and §3).
 *
 * <p>It runs before the body is looked at, so a stranger learns nothing about what lies behind. The
 * token comes from the {@code Authorization} header alone: in a query it would end up in logs
 * (OAuth 2.1 §5.1), and it is refused there rather than overlooked.
 */
public final class BearerGuard implements Handler {

  /** What lies behind the guard. */
  @FunctionalInterface
  public interface Protected {
    /** Answers a request of somebody who may be here; what they may do is in the access. */
    Response handle(Request request, Access access);
  }

  private static final String SCHEME = "Bearer";

  private final TokenVerifier verifier;
  private final Challenge challenge;
  private final Protected inside;
  private final Audit audit;

  /**
   * A guard.
   *
   * @param audit told of tokens that were refused; to come without one is how every flow begins
   */
  public BearerGuard(TokenVerifier verifier, Challenge challenge, Protected inside, Audit audit) {
    this.verifier = verifier;
    this.challenge = challenge;
    this.inside = inside;
    this.audit = audit;
  }

  @Override
  public Response handle(Request request) {
    List<String> headers = request.headers("Authorization");
    if (!request.query().all("access_token").isEmpty()) {
      return malformed("The token belongs into the Authorization header, not into the URL.");
    }
    if (headers.isEmpty()) {
      return challenge.tokenNeeded(body(401, "invalid_token", "An access token is needed."));
    }
    if (headers.size() > 1) {
      return malformed("There is more than one Authorization header.");
    }
    String token = token(headers.get(0));
    if (token == null) {
      // Another scheme, or none: to RFC 6750 §3.1 that is no authentication at all.
      return challenge.tokenNeeded(body(401, "invalid_token", "A Bearer token is needed."));
    }
    if (!isToken68(token)) {
      return malformed("The Authorization header is not of the form: Bearer, space, token.");
    }
    Access access;
    try {
      access = verifier.verify(token);
    } catch (TokenVerifier.InvalidToken e) {
      audit.record("refusal", "invalid_token", "endpoint", request.path(),
          "address", request.remoteAddress(), "reason", e.getMessage());
      return challenge.invalidToken(body(401, "invalid_token", e.getMessage()), e.getMessage());
    }
    Response answer = inside.handle(request, access);
    // Streams are long: one that is open when its token is revoked ends with the next event or
    // sign of life, and that event is not sent.
    return answer.stream() == null ? answer : answer.streaming(
        events -> answer.stream().run(events.during(() -> verifier.stillHolds(token))));
  }

  private Response malformed(String text) {
    return challenge.invalidRequest(body(400, "invalid_request", text), text);
  }

  /** RFC 9110 §11.1: the scheme ignores case; one or more spaces follow. */
  private static String token(String header) {
    int space = header.indexOf(' ');
    return space > 0 && header.substring(0, space).equalsIgnoreCase(SCHEME)
        ? header.substring(space).trim() : null;
  }

  /** RFC 9110 §11.2. */
  private static boolean isToken68(String token) {
    int end = token.length();
    while (end > 0 && token.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = token.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!letter && "-._~+/".indexOf(c) < 0) {
        return false;
      }
    }
    return end > 0;
  }

  private static Response body(int status, String error, String text) {
    return Response.json(status, new JsonObject()
        .add("error", error)
        .add("error_description", text));
  }
}
