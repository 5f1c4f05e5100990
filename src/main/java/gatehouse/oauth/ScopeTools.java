package gatehouse.oauth;

import java.util.List;
import java.util.Set;

/**
 * What the protected resource says its scopes open, so that people can be told. It decides nothing:
 * which scopes a tool needs is checked behind the guard.
 */
public interface ScopeTools {
  /** The titles of the tools that need the scope. */
  List<String> titles(String scope);

  /**
   * Whether a token with these scopes could change something.
   *
   * @param scopes with all that they imply
   */
  boolean change(Set<String> scopes);
}
