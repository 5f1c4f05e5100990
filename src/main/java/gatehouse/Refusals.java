package gatehouse;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Form;
import gatehouse.http.HttpError;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.http.Server;
import gatehouse.login.Pages;
import gatehouse.store.StoreUnavailable;

/**
 * How an {@link HttpError} is told: to an MCP client as a JSON-RPC error, to a browser as a page,
 * to everybody else as JSON in the shape of OAuth's errors.
 */
final class Refusals implements Server.Refusal {
  /** JSON-RPC 2.0 §5.1: the request is not one; without an id, as none was read. */
  private static final int INVALID_REQUEST = -32600;

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
    String text = error.getMessage()
        + (reference == null ? "" : " Reference: " + reference + ".");
    if (request.path().equals(mcpPath)) {
      return Response.json(error.status(), new JsonObject()
          .add("jsonrpc", "2.0")
          .add("error", new JsonObject().add("code", INVALID_REQUEST).add("message", text)));
    }
    // A page at a foreign Host would carry links to ours.
    if (request.wantsPage() && error.status() != 421) {
      return pages.error(error.status(), title(error.status()), error.getMessage(),
          error.status() < 500 ? "Check the address, or go back and try again."
              : "Try again in a moment. If it stays like this, tell whoever runs this server, "
              + "and give them the reference.", reference);
    }
    return Response.json(error.status(), new JsonObject()
        .add("error", error.status() < 500 ? "invalid_request" : "server_error")
        .add("error_description", text));
  }

  private static String title(int status) {
    return switch (status) {
      case 404 -> "There is nothing here";
      case 503 -> "Too busy right now";
      default -> status < 500 ? "That did not work" : "Something went wrong";
    };
  }
}
