package gatehouse.login;

import gatehouse.crypto.Seal;
import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.http.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

/**
 * Who may add or remove a way of signing in: somebody who signed in just now, or who is about to
 * and has to set up a second factor first.
 *
 * <p>"Just now", because a browser left open must not become a key of one's own (NIST SP 800-63B
 * §6.1.2 wants the same for adding an authenticator).
 */
public final class SetUp {
  private final String issuer;
  private final Sessions sessions;
  private final Function<Sessions.Session, Evidence> shown;
  private final SignIn.Begin begin;
  private final PendingSignIns pending;
  private final SecondFactors factors;
  private final Seal seal;
  private final Clock clock;

  /**
   * The rule.
   *
   * @param shown what a session began with
   */
  public SetUp(String issuer, Sessions sessions, Function<Sessions.Session, Evidence> shown,
      SignIn.Begin begin, PendingSignIns pending, SecondFactors factors, Seal seal, Clock clock) {
    this.issuer = issuer;
    this.sessions = sessions;
    this.shown = shown;
    this.begin = begin;
    this.pending = pending;
    this.factors = factors;
    this.seal = seal;
    this.clock = clock;
  }

  /**
   * Somebody who may.
   *
   * @param isSigningIn whether they go on to complete their sign-in
   */
  public record Person(User user, Evidence shown, boolean isSigningIn) {
  }

  /** Who that is in this browser, or null. */
  public Person find(Request request) {
    PendingSignIns.Pending half = pending.find(request);
    Person onTheWay = half != null && factors.mayBeSetUp(half.user(), half.shown())
        ? new Person(half.user(), half.shown(), true) : null;
    // Also somebody signed in already, of whom a client wants more: they go on to it afterwards.
    if (onTheWay != null && goesOn(request)) {
      return onTheWay;
    }
    Sessions.Session session = sessions.find(request);
    if (session != null && session.isRecent(clock.instant())
        && factors.mayBeSetUp(session.user(), shown.apply(session))) {
      return new Person(session.user(), shown.apply(session), false);
    }
    return onTheWay;
  }

  private static boolean goesOn(Request request) {
    Form form = request.method().equals("POST") ? request.form() : request.query();
    return !form.get(Continuation.PARAMETER, "").isEmpty();
  }

  /**
   * The answer to somebody who has just set up a second factor. Whoever made it holds it: having
   * them use it once more would show nothing new.
   */
  public Response done(Request request, Person person, Evidence gives, Response answer) {
    Evidence all = person.shown().and(gives);
    return answer.with("Set-Cookie", person.isSigningIn()
        ? pending.store(person.user(), all) : begin.begin(request, person.user(), all));
  }

  /** Somebody unknown: signs in, however long ago that was elsewhere, and comes back to the page. */
  Response signIn(String path) {
    return Response.redirect(new Continuation(path, "", Instant.EPOCH).loginUrl(issuer, seal));
  }

  /** Nobody: signs in anew, and comes back to the page. */
  public Response signInFirst(String path) {
    Instant now = clock.instant();
    return Response.redirect(new Continuation(path, "", now).loginUrl(issuer, seal));
  }
}
