package gatehouse.mcp;

import gatehouse.guard.Access;

/** Is told of every tool call, for the audit trail ("Tools", security considerations). */
@FunctionalInterface
public interface ToolLog {

  /** Forgets everything. */
  ToolLog NONE = (access, tool, outcome) -> { };

  /** How a call ended. */
  enum Outcome {
    /** The tool did it. */
    OK,
    /** The tool said that it could not. */
    ERROR,
    /** The arguments do not conform to the schema. */
    INVALID,
    /** There is no such tool. */
    UNKNOWN,
    /** The token lacks a scope. */
    FORBIDDEN,
    /** The tool threw, or its result does not conform to its schema. */
    FAILED
  }

  /**
   * A call has ended.
   *
   * @param tool the name as the client sent it, so not to be trusted if the outcome is UNKNOWN
   */
  void called(Access access, String tool, Outcome outcome);

  /** The same, with the trace that the call belongs to. */
  default void called(Access access, String tool, Outcome outcome, TraceContext trace) {
    called(access, tool, outcome);
  }
}
