package gatehouse.oauth;

import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.Handler;
import gatehouse.http.HttpError;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;

/**
 * Around every OAuth endpoint that answers in JSON: what its handler throws becomes an error
 * answer, here and nowhere else, and is logged.
 */
public final class JsonErrors implements Handler {
  private final Audit audit;
  private final Handler handler;
  private final String malformed;

  private JsonErrors(Audit audit, Handler handler, String malformed) {
    this.audit = audit;
    this.handler = handler;
    this.malformed = malformed;
  }

  /** Around an endpoint; a request that cannot be read is an {@code invalid_request}. */
  public static Handler around(Audit audit, Handler handler) {
    return new JsonErrors(audit, handler, "invalid_request");
  }

  /** Around the registration endpoint, which has a code of its own (RFC 7591 §3.2.2). */
  public static Handler aroundRegistration(Audit audit, Handler handler) {
    return new JsonErrors(audit, handler, "invalid_client_metadata");
  }

  @Override
  public Response handle(Request request) {
    try {
      return handler.handle(request);
    } catch (OAuthError e) {
      return answer(request, e);
    } catch (Form.RepeatedParameter | Fields.Malformed e) {
      return answer(request, new OAuthError(malformed, sentence(e.getMessage())));
    } catch (HttpError e) {
      // RFC 6749 §5.2 knows 400 for everything that is wrong with a request.
      if (e.status() == 400 || e.status() == 415) {
        return answer(request, new OAuthError(malformed, e.getMessage()));
      }
      throw e;
    }
  }

  private Response answer(Request request, OAuthError error) {
    audit.record("refusal", error.code(), "endpoint", request.path(),
        "address", request.remoteAddress(), "reason", error.description(),
        "detail", error.detail());
    Response answer = error.json();
    if (error.status() == 401 && error.code().equals("invalid_token")) {
      return answer.with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }
    // RFC 6749 §5.2: only if the header was tried. Client libraries take a challenge for all there
    // is to know, and would not read the error in the body.
    return error.status() == 401 && request.header("Authorization") != null
        ? answer.with("WWW-Authenticate", "Basic realm=\"token\"") : answer;
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }
}
