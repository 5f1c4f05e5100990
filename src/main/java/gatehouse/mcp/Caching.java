package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;

/**
 * How long, and with whom, a client may keep a result.
 *
 * <p>2026-07-28, "Caching" (SEP-2549). The hint protects nothing: whoever must not see something
 * does not get it in the first place. Older revisions have no such members, and strict readers.
 */
enum Caching {
  /** The same for every caller. */
  PUBLIC,
  /** Depends on the token. */
  PRIVATE;

  /** What holds for lists that show what the token may use, or everything. */
  static Caching ofLists(McpServer server) {
    return server.listsEverything() ? PUBLIC : PRIVATE;
  }

  /** Adds the two members, if the revision knows them. */
  void add(JsonObject result, long ttlMs, Revision revision) {
    if (revision.isModern()) {
      result.add("ttlMs", ttlMs).add("cacheScope", this == PUBLIC ? "public" : "private");
    }
  }
}
