package gatehouse.guard;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is calling, and what the token lets them do: all that a protected resource may know.
 *
 * @param subject the user, or the client itself when it acts on its own behalf (RFC 9068 §2.2)
 * @param clientId the client that holds the token
 * @param scopes every scope that holds, implied ones included (MCP authorization: servers must
 *     account for hierarchies)
 * @param granted the scopes as the token names them
 * @param expires when the token ends
 * @param reference what the audit trail calls the grant behind the token; null if there is none
 */
public record Access(String subject, String clientId, Set<String> scopes, Set<String> granted,
    Instant expires, String reference) {

  /** A copy that nobody can change. */
  public Access {
    scopes = scopes == null ? null : Set.copyOf(scopes);
    granted = Set.copyOf(granted);
  }

  /** The access of a token behind which there is no grant of ours. */
  public Access(String subject, String clientId, Set<String> scopes, Set<String> granted,
      Instant expires) {
    this(subject, clientId, scopes, granted, expires, null);
  }

  /**
   * The caller of an endpoint that is deliberately open: nobody in particular, may do everything.
   */
  public static Access open() {
    return new Access("anonymous", "anonymous", null, Set.of(), Instant.MAX);
  }

  /** Whether all these scopes hold. */
  public boolean permits(Set<String> needed) {
    return scopes == null || scopes.containsAll(needed);
  }

  /** Those of the scopes that do not hold, in alphabetical order. */
  public Set<String> missing(Set<String> needed) {
    Set<String> missing = new TreeSet<>(needed);
    if (scopes == null) {
      missing.clear();
    } else {
      missing.removeAll(scopes);
    }
    return missing;
  }

  /** User and client in one text: what sessions, streams and tasks are bound to. */
  public String principal() {
    // A newline stands in neither, so two pairs never give the same text.
    return subject + "\n" + clientId;
  }
}
