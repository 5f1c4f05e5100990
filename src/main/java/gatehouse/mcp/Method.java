package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import gatehouse.http.Response;

/**
 * One line of the method table: everything that is particular to a method.
 *
 * @param modernOnly whether sessions do not have it
 * @param nameSource the parameter that {@code Mcp-Name} repeats, or null if the method has none
 * @param capability what has to be offered for the method to exist, or null if it always does
 * @param mayAsk whether the answer may be that more has to be known (MRTR, "Supported Requests")
 */
public record Method(String name, boolean modernOnly, String nameSource, String capability,
    boolean mayAsk, Handler handler) {

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

  /** Does the work and gives the result. */
  @FunctionalInterface
  public interface Step {
    /** Runs in these surroundings. */
    JsonObject in(Run run) throws Exception;
  }

  /**
   * What is left to do after all checks: a step that gives a result, or a stream that writes
   * itself.
   *
   * @param notices whether something may be said before the result
   * @param streams whether to stream in any case
   */
  public record Work(boolean notices, boolean streams, Step step, Response.Stream stream) {
    /** A result and nothing else. */
    public static Work result(Step step) {
      return new Work(false, false, step, null);
    }

    /** A result of a handler, which may have something to say before. */
    static Work handler(boolean streams, Step step) {
      return new Work(true, streams, step, null);
    }

    /** A stream that writes itself, its result included. */
    static Work stream(Response.Stream stream) {
      return new Work(true, true, null, stream);
    }
  }
}
