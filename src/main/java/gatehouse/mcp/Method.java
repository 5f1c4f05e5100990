package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;

/**
 * One line of the method table: everything that is particular to a method.
 *
 * @param nameSource the parameter that {@code Mcp-Name} repeats, or null if the method has none
 * @param capability what has to be offered for the method to exist, or null if it always does
 * @param modernOnly whether sessions do not have it
 */
public record Method(
    String name, boolean modernOnly, String nameSource, String capability, Handler handler) {

  /**
   * What answers a method, in two steps.
   *
   * <p>The first decides everything that has an HTTP status of its own (scopes, {@code
   * Mcp-Param-*}) and whether to stream, before a byte is sent; the second does the work.
   */
  @FunctionalInterface
  public interface Handler {
    /** Checks, and gives what is left to do. */
    Work prepare(Exchange exchange);
  }

  /** What is left to do after all checks. */
  @FunctionalInterface
  public interface Work {
    /** Does it and gives the result. */
    JsonObject run();
  }
}
