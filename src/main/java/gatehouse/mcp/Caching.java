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

  /**
   * Adds the two members, if the revision knows them.
   *
   * @param ttlMs for a result that is the same for every caller. What depends on the token is stale
   *     at once: clients keep a list for the user, and would not see what a step-up has just opened.
   */
  void add(JsonObject result, long ttlMs, Revision revision) {
    if (revision.isModern()) {
      result.add("ttlMs", this == PUBLIC ? ttlMs : 0)
          .add("cacheScope", this == PUBLIC ? "public" : "private");
    }
  }
}
