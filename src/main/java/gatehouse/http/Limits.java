package gatehouse.http;

import java.time.Duration;

/**
 * What a request may cost, each bound with its reason. The others stand where they apply:
 *
 * <pre>
 *   JSON             depth, values             json.Fields          400
 *   forms            parameters                http.Form            400
 *   threads          that wait (before 21)     http.Workers         503, the slowest hung up on
 *   head, body, answer   time                  http.Patience        hung up on
 *   sign-ins         browser, network, name    login.Guesses        429
 *   second factors   codes by name             SignInWiring         429
 *   password hashes  at once, waiting          login.Passwords      503
 *   forms sent       by network                login.Csrf           429
 *   registrations    network, software, all    oauth.RegistrationLimits   429; forgotten sooner
 *   registrations    alike, by owner           oauth.client.Registered    the oldest give way
 *   client secrets   by client, network         Wiring               429
 *   assertions       by client                 oauth.client.ClientAssertion   429
 *   pushed requests  by client, network        oauth.PushedRequests 429
 *   client documents size, time, fetches       http.Fetch, oauth.client.ClientIdMetadataDocument
 *   keys of others   fetches, sets             jose.RemoteKeys
 *   tool schemas     steps, depth, patterns    mcp.SchemaCheck      a problem of the arguments
 *   event streams    by principal              mcp.Streams          429
 *   tasks            by principal              mcp.Tasks            429
 *   MCP sessions     by principal              mcp.legacy.LegacySessions   the idlest gives way
 * </pre>
 *
 * <p>Who is known is limited by who they are: a principal, a client, a name. Only strangers are
 * limited by where they come from, and an address many share (a hosted client's) is given more.
 * A limit on frequency says in {@code Retry-After} when to come back, and is counted in {@code
 * gatehouse_limited_total} by the limit's name.
 */
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

  /** How long a request waits for a server that starts, which takes a third of a second. */
  public static final Duration START_TIME = Duration.ofSeconds(30);

  /** How long a stop waits for answers under way. */
  public static final Duration STOP_TIME = Duration.ofSeconds(10);

  private Limits() {
  }
}
