package gatehouse.junit;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import gatehouse.Gatehouse;
import gatehouse.http.Interceptor;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.oauth.OAuthError;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Something that is to go wrong at one address of a {@link TestGatehouse}: first which requests, by
 * occurrence, then what. Nothing is written down until it is said what.
 *
 * <pre>{@code
 * gatehouse.on("/token").status(503);                       // the next one
 * gatehouse.on("/token").skip(1).times(2).hangUp();         // the second and the third
 * gatehouse.on("/mcp").always().delay(Duration.ofMillis(50));
 * }</pre>
 *
 * <p>At {@code /authorize} the answer is the redirect that leads back to the client, whichever
 * request of the browser brings it: {@link #replace} and {@link #leaveOut} change its parameters.
 * Everywhere else they change members of a JSON answer.
 *
 * <p>Requests are counted from the moment the misfortune is written down.
 */
public final class Misfortune {
  /** Where authorization responses come from, whoever has to be asked before. */
  private static final String AUTHORIZE = "/authorize";
  private static final String CONSENT = "/consent";

  private static final String ELSEWHERE = "https://wrong-issuer.example";

  private final Gatehouse gatehouse;
  private final VirtualClock clock;
  private final Script script;
  private final String path;
  private final Predicate<Request> condition;
  private final int skipped;
  private final int times;

  /** The next request to the address. */
  Misfortune(Gatehouse gatehouse, VirtualClock clock, Script script, String path) {
    this(gatehouse, clock, script, path, request -> true, 0, 1);
  }

  private Misfortune(Gatehouse gatehouse, VirtualClock clock, Script script, String path,
      Predicate<Request> condition, int skipped, int times) {
    this.gatehouse = gatehouse;
    this.clock = clock;
    this.script = script;
    this.path = path;
    this.condition = condition;
    this.skipped = skipped;
    this.times = times;
  }

  /** Lets so many requests pass first. */
  public Misfortune skip(int requests) {
    return new Misfortune(gatehouse, clock, script, path, condition, requests, times);
  }

  /** So many requests in a row, instead of one. */
  public Misfortune times(int requests) {
    return new Misfortune(gatehouse, clock, script, path, condition, skipped, requests);
  }

  /** Every request from then on. */
  public Misfortune always() {
    return times(Integer.MAX_VALUE);
  }

  /** Only requests for which this holds as well; others are not counted. */
  public Misfortune when(Predicate<Request> holds) {
    return new Misfortune(
        gatehouse, clock, script, path, condition.and(holds), skipped, times);
  }

  /** The answer comes late, by real time, and is otherwise what it would have been. */
  public void delay(Duration duration) {
    before("late by " + duration.toMillis() + " ms", (request, next) -> {
      script.pause(duration);
      return next.handle(request);
    });
  }

  /** Nothing is done, and the answer is this status. */
  public void status(int status) {
    answer(Response.json(status, new JsonObject()
        .add("error", status == 503 ? "temporarily_unavailable"
            : status >= 500 ? "server_error" : "invalid_request")
        .add("error_description", "The test wants it so.")));
  }

  /** Nothing is done, and the answer is this one. */
  public void answer(Response answer) {
    before("status " + answer.status(), (request, next) -> answer);
  }

  /**
   * 429: too many requests (RFC 6585 §4).
   *
   * @param retryAfter what the client is told to wait, in whole seconds
   */
  public void tooManyRequests(Duration retryAfter) {
    answer(OAuthError.tooMany("Too many requests.", retryAfter.toSeconds()).json());
  }

  /**
   * Nothing is done, and the connection is dropped. {@link java.net.HttpURLConnection} then sends
   * the request once more by itself, a POST too: clients that use it need {@code times(2)}.
   */
  public void hangUp() {
    before("hung up before anything was done", (request, next) -> Response.HANG_UP);
  }

  /**
   * Everything is done, and then the connection is dropped: the client never learns of it. About
   * clients that ask again by themselves, see {@link #hangUp}.
   */
  public void loseAnswer() {
    before("the answer got lost", (request, next) -> {
      next.handle(request);
      return Response.HANG_UP;
    });
  }

  /** The JSON of the answer breaks off in the middle. */
  public void malformJson() {
    after("JSON broken off", (request, next) -> Altered.brokenJson(next.handle(request)));
  }

  /** The answer lacks a member, or at {@code /authorize} a parameter. */
  public void leaveOut(String name) {
    after("without " + name, (request, next) -> path.equals(AUTHORIZE)
        ? Altered.parameter(next.handle(request), name, null)
        : Altered.without(next.handle(request), name));
  }

  /** The answer says something else in a member, or at {@code /authorize} in a parameter. */
  public void replace(String name, String value) {
    after(name + " replaced", (request, next) -> path.equals(AUTHORIZE)
        ? Altered.parameter(next.handle(request), name, value)
        : Altered.with(next.handle(request), name, Json.value(value)));
  }

  /**
   * The answer names somebody else as issuer: {@code iss} of an authorization response (RFC 9207),
   * {@code issuer} of a metadata document (RFC 8414 §3.3).
   *
   * @throws IllegalStateException at an address whose answers name none
   */
  public void wrongIssuer() {
    if (path.equals(AUTHORIZE)) {
      replace("iss", ELSEWHERE);
    } else if (path.startsWith("/.well-known/o") && !path.contains("protected-resource")) {
      replace("issuer", ELSEWHERE);
    } else {
      throw new IllegalStateException("answers at " + path + " name no issuer; for tokens there "
          + "is tokenFor(user).flawed(Flaw.WRONG_ISSUER)");
    }
  }

  /** The signing key is rotated first; the old one stays published. */
  public void rotateKeys() {
    before("keys rotated first", (request, next) -> {
      gatehouse.keys().rotate();
      return next.handle(request);
    });
  }

  /**
   * The clock is off while the request is answered, and so are the times in what is issued.
   *
   * @param off how far ahead; a negative one is behind
   */
  public void skewClock(Duration off) {
    before("clock off by " + off, (request, next) ->
        clock.skewed(off, () -> next.handle(request)));
  }

  /** Anything else: the function stands around the handler and may answer itself. */
  public void around(Interceptor interceptor) {
    before("of the test's own", interceptor::around);
  }

  private void before(String what, Script.Event event) {
    add((at, request) -> Requests.matches(path, at) && condition.test(request), null, what, event);
  }

  /** What changes an answer; at {@link #AUTHORIZE} it counts only those that leave us. */
  private void after(String what, Script.Event event) {
    if (path.equals(AUTHORIZE)) {
      add((at, request) -> (at.equals(AUTHORIZE) || at.equals(CONSENT)) && condition.test(request),
          this::leaves, what, event);
    } else {
      before(what, event);
    }
  }

  private void add(BiPredicate<String, Request> about,
      Predicate<Response> counts, String what, Script.Event event) {
    int to = times > Integer.MAX_VALUE - skipped ? Integer.MAX_VALUE : skipped + times;
    script.add(new Script.Entry(
        about, counts, skipped, to, new AtomicInteger(), what, event));
  }

  /** Whether the browser is sent away from us, with what the client is to know. */
  private boolean leaves(Response answer) {
    String location = answer.header("Location");
    return location != null && !location.startsWith(gatehouse.issuer() + "/");
  }
}
