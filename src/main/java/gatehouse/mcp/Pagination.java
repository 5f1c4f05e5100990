package gatehouse.mcp;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Encoding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * Lists in pages.
 *
 * <p>"Pagination" in every revision: a cursor is opaque to the client, {@code nextCursor} is absent
 * on the last page and never null, a cursor that we did not make is -32602. Ours is the key of the
 * last item shown, so pages stay in place when other items come and go; it is neither secret nor
 * trusted, as filtering happens before paging.
 */
final class Pagination {

  private Pagination() {
  }

  /** Adds to the result the page of the items that the cursor points to. */
  static <T> void add(JsonObject result, String member, List<T> items, String cursor, int pageSize,
      Function<T, String> key, Function<T, JsonValue> form) {
    int from = cursor == null ? 0 : after(cursor, items, key);
    int to = Math.min(items.size(), from + pageSize);
    JsonArray page = new JsonArray();
    items.subList(from, to).forEach(item -> page.add(form.apply(item)));
    result.add(member, page);
    if (to < items.size()) {
      byte[] last = key.apply(items.get(to - 1)).getBytes(StandardCharsets.UTF_8);
      result.add("nextCursor", Encoding.base64url(last));
    }
  }

  private static <T> int after(String cursor, List<T> items, Function<T, String> key) {
    for (int i = 0; i < items.size(); i++) {
      byte[] bytes = key.apply(items.get(i)).getBytes(StandardCharsets.UTF_8);
      if (Encoding.base64url(bytes).equals(cursor)) {
        return i + 1;
      }
    }
    throw JsonRpcError.params("'cursor' is not one of ours, or its item is gone");
  }
}
