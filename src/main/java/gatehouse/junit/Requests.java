package gatehouse.junit;

import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Requests that a {@link TestGatehouse} has answered, in the order of its answers: a snapshot,
 * which later requests do not change.
 *
 * <pre>{@code
 * assertEquals(1, gatehouse.requests().to("/token").size());
 * assertEquals("S256", gatehouse.requests().to("/authorize").first()
 *     .parameter("code_challenge_method"));
 * }</pre>
 */
public final class Requests implements Iterable<RecordedRequest> {
  /** A flow from nothing to a tool result has some fifteen requests; two of them can be read. */
  private static final int SHOWN = 40;

  static final String TITLE = "What the server was asked, and what it decided:";

  private final List<RecordedRequest> requests;

  Requests(List<RecordedRequest> requests) {
    this.requests = List.copyOf(requests);
  }

  /**
   * Those to one address.
   *
   * @param path under the issuer, such as {@code /token}; with {@code /*} at its end, all below
   */
  public Requests to(String path) {
    return where(request -> matches(path, request.path()));
  }

  /** Those for which the condition holds. */
  public Requests where(Predicate<RecordedRequest> condition) {
    return new Requests(requests.stream().filter(condition).toList());
  }

  /** Those that were answered with an error, or not at all. */
  public Requests refused() {
    return where(request -> request.status() == 0 || request.status() >= 400);
  }

  /** How many there are. */
  public int size() {
    return requests.size();
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return requests.isEmpty();
  }

  /**
   * The first.
   *
   * @throws AssertionError if there are none
   */
  public RecordedRequest first() {
    return get(0);
  }

  /**
   * The last.
   *
   * @throws AssertionError if there are none
   */
  public RecordedRequest last() {
    return get(requests.size() - 1);
  }

  /**
   * One of them.
   *
   * @param index from 0
   * @throws AssertionError if there are not so many
   */
  public RecordedRequest get(int index) {
    if (index < 0 || index >= requests.size()) {
      throw new AssertionError("there are " + requests.size() + " such requests");
    }
    return requests.get(index);
  }

  /** All of them, as a list that nobody can change. */
  public List<RecordedRequest> list() {
    return requests;
  }

  @Override
  public Iterator<RecordedRequest> iterator() {
    return requests.iterator();
  }

  /** The transcript: a line for each request and one for the decision, the last forty of them. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(TITLE).append(System.lineSeparator());
    int from = Math.max(0, requests.size() - SHOWN);
    if (from > 0) {
      out.append("  … ").append(from).append(" before these").append(System.lineSeparator());
    }
    if (requests.isEmpty()) {
      out.append("  nothing at all").append(System.lineSeparator());
    }
    requests.subList(from, requests.size())
        .forEach(request -> out.append(request).append(System.lineSeparator()));
    return out.toString();
  }

  /**
   * Whether a path is meant.
   *
   * @param pattern a path, all below one, or a well-known name in whichever form it is asked for
   */
  static boolean matches(String pattern, String path) {
    if (pattern.startsWith("/.well-known/")) {
      return path.contains(pattern);
    }
    return pattern.endsWith("/*")
        ? path.startsWith(pattern.substring(0, pattern.length() - 1)) : path.equals(pattern);
  }
}
