package gatehouse.http;

import java.time.Duration;

/** What a request may cost, each bound with its reason. */
public final class Limits {
  /** Forms and registrations are a few hundred bytes; a key set in one is a few thousand. */
  public static final int BODY_BYTES = 64 * 1024;

  /** A tool call may carry a document; an image in base64 is the largest we expect. */
  public static final int MCP_BODY_BYTES = 4 * 1024 * 1024;

  /** Enough for an authorization request with a long state, sealed into one parameter. */
  public static final int TARGET_CHARS = 16 * 1024;

  /** All header lines together; browsers send 2 KB, a token with many claims adds 2 more. */
  public static final int HEADER_BYTES = 32 * 1024;

  /** Header lines; the longest list of a real client has 30. */
  public static final int HEADER_LINES = 100;

  /** From the first byte of a request to the end of its head, which comes in one packet or two. */
  public static final Duration HEAD_TIME = Duration.ofSeconds(10);

  /** From the first byte of a request to its last: a megabyte over a slow phone line. */
  public static final Duration REQUEST_TIME = Duration.ofSeconds(30);

  /** Until an answer, or an event of a stream, is taken; the largest over that phone line. */
  public static final Duration ANSWER_TIME = Duration.ofSeconds(60);

  /** A connection without a request; below the 60 s at which common proxies give up. */
  public static final Duration IDLE_TIME = Duration.ofSeconds(55);

  /** Kept-alive connections at rest. The JDK's default of 200 closes the rest without a word. */
  public static final int IDLE_CONNECTIONS = 10_000;

  /** Connections nobody has accepted yet; the kernel's own limit applies, ours is not below it. */
  public static final int PENDING_CONNECTIONS = 4_096;

  /** How long a stop waits for answers under way. */
  public static final Duration STOP_TIME = Duration.ofSeconds(10);

  private Limits() {
  }
}
