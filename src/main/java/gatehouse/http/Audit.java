package gatehouse.http;

/**
 * Told of everything that an operator may be asked about later: who registered, signed in, agreed,
 * got a token, was refused, used a tool.
 *
 * <p>Facts are names of things and people; a secret, a token or a code is never among them.
 */
@FunctionalInterface
public interface Audit {
  /** Listens to nothing. */
  Audit NONE = (event, outcome, facts) -> { };

  /**
   * Something happened.
   *
   * @param event what, in one word
   * @param outcome how it ended, in one word: {@code ok}, or an error code
   * @param facts names and values by turns, such as {@code "user", "alice"}; a null value is left
   *     out
   */
  void record(String event, String outcome, String... facts);
}
