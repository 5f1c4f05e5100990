package gatehouse.oauth;

import gatehouse.crypto.Seal;
import gatehouse.html.Text;
import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.jose.VerifiedJwt;
import gatehouse.login.Assurance;
import gatehouse.login.Continuation;
import gatehouse.login.Pages;
import gatehouse.login.SecondFactors;
import gatehouse.login.Sessions;
import gatehouse.login.SignIn;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * {@code /authorize} (RFC 6749 §3.1): the way of a request from the client's link to the answer.
 *
 * <pre>
 *   prove ──no──► error page
 *     │
 *   check ──no──► redirect: error
 *     │
 *   signed in, recently enough? ──no──► /login ──► here again, from nothing
 *     │
 *   agreed before? ──no──► consent page ──► POST /consent
 *     │
 *   redirect: code
 * </pre>
 *
 * <p>Nothing half-checked is ever stored: login and consent carry the request as it came, sealed.
 */
public final class AuthorizeEndpoint {
  /** Where it lives under the issuer. */
  public static final String PATH = "/authorize";

  private final String issuer;
  private final AuthorizationRequests requests;
  private final PushedRequests pushed;
  private final Sessions sessions;
  private final SecondFactors factors;
  private final SignIn signIn;
  private final IdTokens idTokens;
  private final Consents consents;
  private final ConsentPage consentPage;
  private final Approval approval;
  private final Pages pages;
  private final Seal seal;
  private final Clock clock;
  private final Audit audit;

  public AuthorizeEndpoint(String issuer, AuthorizationRequests requests, PushedRequests pushed,
      Sessions sessions, SecondFactors factors, SignIn signIn, IdTokens idTokens,
      Consents consents, ConsentPage consentPage, Approval approval, Pages pages, Seal seal,
      Clock clock, Audit audit) {
    this.issuer = issuer;
    this.requests = requests;
    this.pushed = pushed;
    this.sessions = sessions;
    this.factors = factors;
    this.signIn = signIn;
    this.idTokens = idTokens;
    this.consents = consents;
    this.consentPage = consentPage;
    this.approval = approval;
    this.pages = pages;
    this.seal = seal;
    this.clock = clock;
    this.audit = audit;
  }

  /** GET with a query, or POST with a form (OIDC Core §3.1.2.1): never both merged. */
  public Response handle(Request request) {
    Form form = request.method().equals("POST") ? request.form() : request.query();
    Continuation returning = null;
    if (!form.all(Continuation.PARAMETER).isEmpty()) {
      returning = Continuation.open(seal, form.get(Continuation.PARAMETER));
      if (returning == null) {
        return pages.error(request, 400, "expired");
      }
      form = Form.parse(returning.query());
    }
    AuthorizationRequests.Proven proven;
    try {
      proven = requests.prove(request, PushedRequests.isNamedBy(form) ? pushed.take(form) : form);
    } catch (OAuthError e) {
      audit.record("refusal", e.code(), "endpoint", PATH, "reason", e.description());
      return refused(pages, request, e);
    }
    try {
      AuthorizationRequest asked = requests.check(proven);
      return decide(request, asked, returning == null ? null : returning.since());
    } catch (OAuthError e) {
      audit.record("refusal", e.code(), "endpoint", PATH, "reason", e.description(),
          "client", proven.client().id());
      return proven.response().error(e);
    }
  }

  /**
   * Login, consent or code.
   *
   * @param since for a browser that returns from the login page, when it was sent there; else null
   */
  private Response decide(Request request, AuthorizationRequest asked, Instant since) {
    Sessions.Session session = sessions.find(request);
    if (session == null || !isRecent(session, asked, since) || !isHinted(session, asked)) {
      if (asked.prompt().contains("none")) {
        throw new OAuthError("login_required", "The user has to sign in.");
      }
      // A session that is not good enough has to be replaced by one that begins after this moment.
      Instant needed = since != null ? since : clock.instant();
      boolean anySessionWillDo = session == null && asked.maxAge() < 0;
      return Response.redirect(new Continuation(PATH, asked.form().encoded(),
          anySessionWillDo ? Instant.EPOCH : needed).loginUrl(issuer, seal));
    }
    // RFC 9470 §5: the user shows what is missing, and nothing twice.
    Assurance needed = factors.atMost(demanded(asked.form()));
    if (!session.shown().assurance().meets(needed)) {
      if (asked.prompt().contains("none")) {
        throw new OAuthError("login_required", "The user has to show more.");
      }
      // Or they set it up now, which no link may bring about in a browser that was left open.
      if (!session.isRecent(clock.instant())
          && !factors.suffice(session.user(), session.shown(), needed)) {
        return Response.redirect(new Continuation(PATH, asked.form().encoded(), clock.instant())
            .loginUrl(issuer, seal));
      }
      return signIn.proved(request, session.user(), session.shown(),
          new Continuation(PATH, asked.form().encoded(), since == null ? Instant.EPOCH : since)
              .seal(seal));
    }
    if (asked.prompt().contains("consent") || !consents.covers(session.user(), asked)) {
      if (asked.prompt().contains("none")) {
        throw new OAuthError("consent_required", "The user has to agree first.");
      }
      return consentPage.show(request, session, asked, Text.NONE);
    }
    return approval.approve(asked, session, asked.scopes(), "remembered");
  }

  /** What the request behind a continuation asks for. */
  public static Assurance demanded(Continuation next) {
    return next.path().equals(PATH) ? demanded(Form.parse(next.query())) : Assurance.ONE_FACTOR;
  }

  private static Assurance demanded(Form form) {
    return Assurance.asked(form.get("acr_values"));
  }

  /** Whether the user has proved who they are lately enough for this request. */
  private boolean isRecent(Sessions.Session session, AuthorizationRequest asked, Instant since) {
    if (since != null) {
      return !session.authTime().isBefore(since);
    }
    boolean again = asked.prompt().contains("login") || asked.prompt().contains("select_account");
    return !again && (asked.maxAge() < 0
        || session.authTime().plusSeconds(asked.maxAge()).isAfter(clock.instant()));
  }

  /** Whether the signed-in user is the one the client means (OIDC Core §3.1.2.1). */
  private boolean isHinted(Sessions.Session session, AuthorizationRequest asked) {
    String token = asked.form().get("id_token_hint");
    VerifiedJwt hint = token == null ? null : idTokens.readHint(token);
    return hint == null || session.user().name().equals(hint.subject());
  }

  /** A request that must not be answered by redirect: a person reads what is wrong. */
  static Response refused(Pages pages, Request request, OAuthError error) {
    return pages.error(request, 400,
        error.code().equals("invalid_client") ? "unknown_client" : "bad_link", Map.of(),
        error.getMessage(), null);
  }
}
