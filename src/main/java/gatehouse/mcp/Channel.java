package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;

/**
 * The way to a client while its request is under way.
 *
 * <p>A stream of either era, a task, or nothing: an answer in one JSON object has no room for more.
 */
@FunctionalInterface
public interface Channel {
  /** Drops everything. */
  Channel NONE = (method, params) -> { };

  /** Sends a notification that belongs to the request; drops it if nobody is listening. */
  void send(String method, JsonObject params);

  /** Whether progress is told to those who gave no token for it. */
  default boolean takesAllProgress() {
    return false;
  }

  /** Ends the connection, but not the request, if its client would come back for the rest. */
  default void hangUp() {
  }
}
