package gatehouse.login;

import gatehouse.crypto.Seal;
import gatehouse.http.Audit;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.http.Urls;

/**
 * Where every way of signing in arrives: is what has been shown enough? Then a session begins and
 * the browser goes on; otherwise it is sent to show more.
 *
 * <pre>
 *   LoginPage    password ─┐                     ┌─ enough ──► session, back to where it came from
 *   PasskeyPage  passkey  ─┼─► SignIn.proved ────┤
 *   UpstreamSso  id_token ─┤                     └─ not yet ─► /login/second, and here again
 *   SecondFactorPage code ─┘
 * </pre>
 *
 * <p>How much is enough is the most of three: what the operator demands, what the user has set up,
 * and what the request that the browser goes on with asks for (RFC 9470 §5). It checks no
 * credential.
 */
public final class SignIn {
  /** Begins a session; {@link Sessions}. */
  @FunctionalInterface
  public interface Begin {
    /** The {@code Set-Cookie} value. */
    String begin(Request request, User user, Evidence shown);
  }

  /** What the request behind a continuation asks for; login itself does not look into it. */
  @FunctionalInterface
  public interface Demand {
    /** What it asks for at least. */
    Assurance of(Continuation next);
  }

  private final String issuer;
  private final Begin sessions;
  private final KnownBrowsers browsers;
  private final PendingSignIns pending;
  private final SecondFactors factors;
  private final Demand demand;
  private final Seal seal;
  private final Audit audit;

  public SignIn(String issuer, Begin sessions, KnownBrowsers browsers, PendingSignIns pending,
      SecondFactors factors, Demand demand, Seal seal, Audit audit) {
    this.issuer = issuer;
    this.sessions = sessions;
    this.browsers = browsers;
    this.pending = pending;
    this.factors = factors;
    this.demand = demand;
    this.seal = seal;
    this.audit = audit;
  }

  /**
   * The user has shown so much.
   *
   * @param sealed the {@link Continuation} as the browser carries it, or empty
   */
  public Response proved(Request request, User user, Evidence shown, String sealed) {
    if (!shown.assurance().meets(needed(user, sealed))) {
      audit.record("login", "second_factor_needed", "user", user.name());
      return Response.redirect(secondUrl(sealed))
          .with("Set-Cookie", pending.store(user, shown));
    }
    audit.record("login", "ok", "user", user.name(), "amr", String.join(" ", shown.methods()));
    Continuation next = Continuation.open(seal, sealed);
    return Response.redirect(next == null ? issuer + "/" : next.url(issuer, seal))
        // A new session id: one that was planted before is worth nothing now (session fixation).
        .with("Set-Cookie", sessions.begin(request, user, shown))
        .with("Set-Cookie", browsers.remember(request, user))
        .with("Set-Cookie", pending.remove());
  }

  /** What the user has to reach to go on there. */
  Assurance needed(User user, String sealed) {
    Continuation next = Continuation.open(seal, sealed);
    Assurance asked = next == null ? Assurance.ONE_FACTOR : demand.of(next);
    return Assurance.most(factors.demanded(user), factors.atMost(asked));
  }

  /** The page on which a sign-in is completed. */
  public String secondUrl(String sealed) {
    return withContinuation(issuer + SecondFactorPage.PATH, sealed);
  }

  static String withContinuation(String url, String sealed) {
    return sealed.isEmpty() ? url : Urls.append(url, Continuation.PARAMETER, sealed);
  }
}
