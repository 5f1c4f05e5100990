package gatehouse.mcp;

import java.util.List;

/**
 * Proposes values for an argument of a prompt or a variable of a resource template, while the user
 * types ("Completion").
 *
 * <p>What it proposes, the caller learns; so it must propose nothing that the caller may not know.
 */
@FunctionalInterface
public interface Completer {
  /**
   * Values that may be meant, the best first.
   *
   * @param call the caller, and in its arguments what is already filled in
   * @param typed what has been typed so far
   */
  List<String> complete(Call call, String typed) throws Exception;

  /** Proposes those of fixed values that begin with what has been typed. */
  static Completer of(String... values) {
    List<String> all = List.of(values);
    return (call, typed) -> all.stream().filter(value -> value.startsWith(typed)).toList();
  }
}
