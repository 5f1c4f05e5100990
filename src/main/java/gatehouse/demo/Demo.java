package gatehouse.demo;

import gatehouse.mcp.Tool;
import gatehouse.oauth.Scope;
import java.util.List;
import java.util.Map;

/**
 * What runs if nothing else is asked for: two users, two scopes and the tools of an account server.
 *
 * <p>The passwords are in every manual; a server that others can reach refuses to start with them.
 */
public final class Demo {
  /** User names and passwords. */
  public static final Map<String, String> USERS = Map.of("alice", "wonderland", "bob", "builder");

  /**
   * The scopes; the first is asked for by a first connection. What people read about them is among
   * the texts, in each language.
   */
  public static final List<Scope> SCOPES = List.of(
      Scope.base("account:read", "", ""),
      Scope.optional("account:write", "", "", "account:read"));

  private Demo() {
  }

  /** The tools, over fresh accounts. */
  public static List<Tool> tools() {
    return AccountTools.all(new Accounts());
  }
}
