package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import java.util.Map;

/**
 * How a handler's questions reach the client: as a result that asks, as requests on a stream, or
 * through a task. The handler does not notice the difference.
 */
@FunctionalInterface
public interface Questions {
  /** Nobody can be asked. */
  Questions NONE = (asks, kept) -> {
    throw JsonRpcError.params("this needs to ask, for which the request left no way");
  };

  /**
   * Puts questions, and gives all of the answers or does not return.
   *
   * @param kept what the handler wants to find again, should it have to start anew
   */
  Map<String, Answer> ask(Map<String, Ask> asks, JsonObject kept) throws InterruptedException;

  /** What an earlier run of the handler kept; empty if there was none. */
  default JsonObject kept() {
    return new JsonObject();
  }
}
