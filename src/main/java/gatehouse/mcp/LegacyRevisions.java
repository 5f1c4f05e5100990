package gatehouse.mcp;

import com.eclipsesource.json.JsonValue;
import gatehouse.guard.Access;
import gatehouse.http.Request;
import gatehouse.http.Response;

/**
 * The door through which requests of earlier revisions leave this package.
 *
 * <p>{@link McpEndpoint} has decided that a request is not of 2026-07-28 and hands it over whole.
 * This interface is all that it knows of the folder {@code legacy}, which is why that can go.
 */
public interface LegacyRevisions {

  /** Answers a posted message, or an array of them that is not empty. */
  Response post(Request request, Access access, JsonValue body);

  /** Answers a GET, which asks for a stream of what the server has to say by itself. */
  Response get(Request request, Access access);

  /** Answers a DELETE, which ends a session. */
  Response delete(Request request, Access access);
}
