package gatehouse.oauth;

import gatehouse.oauth.client.DisplayName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a person can choose on the consent page: which of the scopes, and what each of them opens.
 *
 * <p>The scopes of a first connection cannot be unticked, since nothing works without them, nor can
 * {@code openid}, which carries the rest of OpenID Connect. The others are free. Those that change
 * nothing are also offered together, as a choice of one press.
 */
final class ConsentChoices {
  /** More tools than this are behind a line that unfolds. */
  private static final int TOOLS_AT_ONCE = 8;

  /** Of scopes that do not exist here: anybody can write anything into a link. */
  private static final int UNKNOWN_AT_MOST = 5;
  private static final int UNKNOWN_CHARS = 40;

  private final Scopes scopes;
  private final ScopeTools tools;

  ConsentChoices(Scopes scopes, ScopeTools tools) {
    this.scopes = scopes;
    this.tools = tools;
  }

  /** What is granted of the scopes, if these were ticked. */
  Set<String> granted(Set<String> asked, List<String> ticked) {
    Set<String> granted = new LinkedHashSet<>(asked);
    granted.removeIf(name -> isOptional(name) && !ticked.contains(name));
    return granted;
  }

  /**
   * The scopes with which nothing can be changed; empty if that is all of them, or if those that
   * cannot be unticked already change something.
   */
  Set<String> readOnly(Set<String> asked) {
    Set<String> chosen = granted(asked, List.of());
    if (changes(chosen)) {
      return Set.of();
    }
    for (String name : asked) {
      Set<String> more = new LinkedHashSet<>(chosen);
      more.add(name);
      // Of a scope that opens nothing we know of, we do not know what it changes elsewhere.
      boolean known = scopes.find(name).kind() == Scope.Kind.IDENTITY
          || !tools.titles(name).isEmpty();
      if (known && !changes(more)) {
        chosen = more;
      }
    }
    return chosen.containsAll(asked) ? Set.of() : chosen;
  }

  /** The scopes as the page shows them: those that can be unticked, or those that cannot. */
  List<Map<String, Object>> describe(Set<String> asked, boolean optional) {
    List<Map<String, Object>> described = new ArrayList<>();
    for (String name : asked) {
      if (isOptional(name) == optional) {
        Scope scope = scopes.find(name);
        List<String> opened = tools.titles(name);
        int first = Math.min(opened.size(), TOOLS_AT_ONCE);
        described.add(Map.of("name", name, "title", scope.label(), "description", scope.sentence(),
            "opens", !opened.isEmpty(), "tools", tools(opened.subList(0, first)),
            "more", opened.size() > first ? List.of(Map.of("count", opened.size() - first,
                "tools", tools(opened.subList(first, opened.size())))) : List.of()));
      }
    }
    return described;
  }

  /** What was asked for and does not exist here, in short. */
  String unknown(String requested) {
    List<String> unknown = new ArrayList<>();
    for (String name : Scopes.split(requested)) {
      if (scopes.find(name) == null && unknown.size() <= UNKNOWN_AT_MOST) {
        unknown.add(unknown.size() == UNKNOWN_AT_MOST ? "…" : DisplayName.of(name, UNKNOWN_CHARS));
      }
    }
    return String.join(", ", unknown);
  }

  private boolean changes(Set<String> granted) {
    return tools.change(scopes.expand(granted));
  }

  private boolean isOptional(String name) {
    return scopes.find(name).kind() != Scope.Kind.BASE && !name.equals(Scopes.OPENID);
  }

  private static List<Map<String, String>> tools(List<String> titles) {
    return titles.stream().map(title -> Map.of("tool", title)).toList();
  }
}
