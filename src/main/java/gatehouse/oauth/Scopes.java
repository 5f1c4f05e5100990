package gatehouse.oauth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The scopes that exist here. A request that names others is narrowed, not refused (RFC 6749 §3.3
 * lets the server do either): one unknown scope in a client's list would otherwise end its whole
 * authorization, and real clients add {@code offline_access} and {@code openid} unasked.
 */
public final class Scopes {
  /** OpenID Connect Core §11: may the client come back without the user? */
  public static final String OFFLINE_ACCESS = "offline_access";
  /** OpenID Connect Core §3.1.2.1: switches ID tokens on. */
  public static final String OPENID = "openid";

  private static final List<Scope> IDENTITY = List.of(
      identity(OPENID), identity("profile"), identity("email"), identity(OFFLINE_ACCESS));

  /** Replaced, never altered, so that every request sees one consistent set. */
  private volatile Map<String, Scope> scopes = Map.of();

  /**
   * The operator's scopes and those of OpenID Connect.
   *
   * @throws IllegalArgumentException if one implies another that does not exist
   */
  public Scopes(Collection<Scope> own) {
    set(own);
  }

  /** Adds a scope to a running server, or replaces the one of that name; see the constructor. */
  public synchronized void add(Scope scope) {
    Map<String, Scope> more = new LinkedHashMap<>(scopes);
    more.put(scope.name(), scope);
    set(more.values());
  }

  /**
   * Takes a scope away from a running server. It can no longer be granted; tokens that have it keep
   * it until they end.
   *
   * @throws IllegalArgumentException if another scope implies it
   */
  public synchronized void remove(String name) {
    Map<String, Scope> fewer = new LinkedHashMap<>(scopes);
    fewer.remove(name);
    set(fewer.values());
  }

  /** Replaces the operator's scopes of a running server; see the constructor. */
  public synchronized void replace(Collection<Scope> own) {
    set(own);
  }

  private void set(Collection<Scope> own) {
    Map<String, Scope> all = new LinkedHashMap<>();
    for (Scope scope : own) {
      all.put(scope.name(), scope);
    }
    for (Scope scope : IDENTITY) {
      all.putIfAbsent(scope.name(), scope);
    }
    for (Scope scope : own) {
      for (String implied : scope.implies()) {
        if (!all.containsKey(implied)) {
          throw new IllegalArgumentException(
              "scope " + scope.name() + " implies " + implied + ", which does not exist");
        }
      }
    }
    scopes = Collections.unmodifiableMap(all);
  }

  /** The scope, or null. */
  public Scope find(String name) {
    return scopes.get(name);
  }

  /** All names, in the order in which they were given. */
  public Set<String> names() {
    return scopes.keySet();
  }

  /** What a first connection needs: the scopes of the first challenge. */
  public Set<String> base() {
    return ofKind(Scope.Kind.BASE);
  }

  /** The operator's scopes: what the protected resource knows of. */
  public Set<String> ofResource() {
    Set<String> names = new LinkedHashSet<>(scopes.keySet());
    names.removeAll(ofKind(Scope.Kind.IDENTITY));
    return names;
  }

  /** The scopes of a request that exist here; the base ones if it names none of them. */
  public Set<String> narrow(String requested) {
    Set<String> known = split(requested);
    known.retainAll(scopes.keySet());
    boolean nothingForTheResource = known.stream()
        .allMatch(name -> scopes.get(name).kind() == Scope.Kind.IDENTITY);
    // A login with OpenID Connect alone needs none of the resource's scopes.
    if (nothingForTheResource && !known.contains(OPENID)) {
      known.addAll(base());
    }
    return known;
  }

  /** The scopes together with all that they imply. */
  public Set<String> expand(Set<String> granted) {
    Set<String> all = new LinkedHashSet<>(granted);
    List<String> open = new ArrayList<>(granted);
    while (!open.isEmpty()) {
      Scope scope = scopes.get(open.remove(open.size() - 1));
      if (scope != null) {
        scope.implies().stream().filter(all::add).forEach(open::add);
      }
    }
    return all;
  }

  /** A {@code scope} parameter as a set, in its order; empty for null. */
  public static Set<String> split(String scope) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : scope == null ? new String[0] : scope.split(" ")) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  private Set<String> ofKind(Scope.Kind kind) {
    Set<String> names = new LinkedHashSet<>();
    for (Scope scope : scopes.values()) {
      if (scope.kind() == kind) {
        names.add(scope.name());
      }
    }
    return names;
  }

  private static Scope identity(String name) {
    return new Scope(name, "", "", Scope.Kind.IDENTITY, Set.of());
  }
}
