package gatehouse.mcp;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Seal;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Lists in pages.
 *
 * <p>"Pagination" in every revision: a cursor is opaque to the client, {@code nextCursor} is absent
 * on the last page and never null, a cursor that we did not make is -32602. Ours is the sealed key
 * of the last item shown, so pages stay in place when other items come and go. It is bound to the
 * method, and to the caller unless everybody gets the same list. It grants nothing: what the caller
 * may see was filtered before.
 */
final class Pagination {
  /** A client pages in one go; a cursor kept longer would point into another list anyway. */
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final Seal seal;
  private final int pageSize;

  Pagination(Seal seal, int pageSize) {
    this.seal = seal;
    this.pageSize = pageSize;
  }

  /**
   * Adds to the result the page that the request asks for.
   *
   * @param caching whether the list is the same for everybody
   */
  <T> void add(JsonObject result, String member, List<T> items, Exchange exchange,
      Caching caching, Function<T, String> key, Function<T, ? extends JsonValue> form) {
    String purpose = "mcp/cursor\n" + exchange.method().name() + "\n"
        + (caching == Caching.PUBLIC ? "" : exchange.access().principal());
    String cursor = exchange.params().text("cursor");
    int from = cursor == null ? 0 : after(seal.open(purpose, cursor), items, key);
    int to = Math.min(items.size(), from + pageSize);
    JsonArray page = new JsonArray();
    items.subList(from, to).forEach(item -> page.add(form.apply(item)));
    result.add(member, page);
    if (to < items.size()) {
      result.add("nextCursor", seal.seal(purpose, key.apply(items.get(to - 1)), LIFETIME));
    }
  }

  private static <T> int after(String last, List<T> items, Function<T, String> key) {
    for (int i = 0; i < items.size(); i++) {
      if (key.apply(items.get(i)).equals(last)) {
        return i + 1;
      }
    }
    throw JsonRpcError.params("'cursor' is not one of ours, or its item is gone");
  }
}
