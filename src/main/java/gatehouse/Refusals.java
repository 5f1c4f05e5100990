package gatehouse;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Form;
import gatehouse.http.HttpError;
import gatehouse.http.Refusal;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.login.Pages;
import gatehouse.store.StoreUnavailable;
import java.util.Map;
import java.util.Set;

/**
 * How an {@link HttpError} is told: to an MCP client as a JSON-RPC error, to a browser as a page,
 * to everybody else as JSON in the shape of OAuth's errors.
 */
final class Refusals implements Refusal {
  /** JSON-RPC 2.0 §5.1: the request is not one; without an id, as none was read. */
  private static final int INVALID_REQUEST = -32600;

  /** Those that the texts have more to say about than that it was a mistake, or ours. */
  private static final Set<Integer> SPECIAL = Set.of(404, 405, 421, 429, 503);

  private final Pages pages;
  private final String mcpPath;

  Refusals(Pages pages, String mcpPath) {
    this.pages = pages;
    this.mcpPath = mcpPath;
  }

  @Override
  public HttpError known(RuntimeException problem) {
    if (problem instanceof Form.RepeatedParameter) {
      return new HttpError(400, "A parameter appears more than once.");
    }
    return problem instanceof StoreUnavailable
        ? new HttpError(503, "The server cannot keep that at the moment. Please try again.") : null;
  }

  @Override
  public Response answer(Request request, HttpError error, String reference) {
    Response answer = told(request, error, reference);
    return error.retryAfter() > 0
        ? answer.with("Retry-After", "" + error.retryAfter()) : answer;
  }

  private Response told(Request request, HttpError error, String reference) {
    String text = error.getMessage()
        + (reference == null ? "" : " Reference: " + reference + ".");
    if (request.path().equals(mcpPath)) {
      return Response.json(error.status(), new JsonObject()
          .add("jsonrpc", "2.0")
          .add("error", new JsonObject().add("code", INVALID_REQUEST).add("message", text)));
    }
    if (request.wantsPage()) {
      boolean special = SPECIAL.contains(error.status());
      String key = special ? "" + error.status() : error.status() < 500 ? "400" : "500";
      return pages.error(request, error.status(), key, Map.of(),
          special ? "" : error.getMessage(), reference);
    }
    return Response.json(error.status(), new JsonObject()
        .add("error", error.status() < 500 ? "invalid_request" : "server_error")
        .add("error_description", text));
  }
}
