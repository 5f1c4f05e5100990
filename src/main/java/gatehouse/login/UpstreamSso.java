package gatehouse.login;

import gatehouse.crypto.Seal;
import gatehouse.http.Audit;
import gatehouse.http.BackChannel;
import gatehouse.http.Form;
import gatehouse.http.HttpError;
import gatehouse.http.RateLimit;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.http.Urls;
import gatehouse.jose.JwtValidator;
import gatehouse.jose.RemoteIssuer;
import gatehouse.jose.VerifiedJwt;
import gatehouse.json.Fields;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code /login/upstream/ID} and {@code …/callback}: signing in at another OpenID provider (OpenID
 * Connect Core §3.1, code flow with PKCE), as the relying party that we are then.
 *
 * <pre>
 *   login page ─► begin ─► 303 to the provider … ─► callback ─► code for id_token ─► SignIn.proved
 * </pre>
 *
 * <p>Every provider has a redirect URI of its own, and {@code iss} is compared where it is
 * promised: either alone defends against mix-up (RFC 9700 §4.4.2). Consent to what our clients get
 * is asked here as always, whatever was agreed to there.
 *
 * <p>It does not keep the provider's tokens, ask it for more claims, or end sessions there.
 */
public final class UpstreamSso {
  /** Where it is, under the issuer; the provider's id follows. */
  public static final String PATH = "/login/upstream/";

  private static final String CALLBACK = "/callback";
  /** Their clock and ours, when a sign-in must be newer than a moment. */
  private static final long SKEW_SECONDS = 30;

  private record Upstream(UpstreamProvider provider, RemoteIssuer published) {
  }

  private final String issuer;
  private final Pages pages;
  private final SignIn signIn;
  private final Sessions sessions;
  private final UpstreamLinks links;
  private final UpstreamAttempts attempts;
  private final Seal seal;
  private final RateLimit byNetwork;
  private final Clock clock;
  private final Audit audit;
  private final BackChannel channel = new BackChannel();
  private final Map<String, Upstream> upstreams = new LinkedHashMap<>();

  /**
   * Sign-in elsewhere.
   *
   * @param store where attempts are remembered
   * @param byNetwork attempts from one network
   */
  public UpstreamSso(String issuer, List<UpstreamProvider> providers, Pages pages, SignIn signIn,
      Sessions sessions, UpstreamLinks links, Store store, Seal seal, RateLimit byNetwork,
      Clock clock, Audit audit) {
    this.issuer = issuer;
    this.pages = pages;
    this.signIn = signIn;
    this.sessions = sessions;
    this.links = links;
    this.attempts = new UpstreamAttempts(issuer, store, clock);
    this.seal = seal;
    this.byNetwork = byNetwork;
    this.clock = clock;
    this.audit = audit;
    providers.forEach(provider -> upstreams.put(provider.id(),
        new Upstream(provider, new RemoteIssuer(provider.issuer(), channel, clock))));
  }

  /** What the login page shows: a title and an address for each provider. */
  public List<Map<String, String>> choices(String sealed) {
    return upstreams.values().stream().map(upstream -> Map.of(
        "title", upstream.provider.title(),
        "url", SignIn.withContinuation(
            issuer + PATH + upstream.provider.id(), sealed))).toList();
  }

  /** The providers, in the order of the configuration. */
  List<UpstreamProvider> providers() {
    return upstreams.values().stream().map(Upstream::provider).toList();
  }

  /** The way there for somebody signed in who wants to be linked, and then back to the account. */
  Response link(Request request, Sessions.Session session, String id) {
    Upstream upstream = upstreams.get(id);
    if (upstream == null) {
      throw new HttpError(404, "There is no such provider.");
    }
    try {
      return begin(request, upstream, "", session.user().name());
    } catch (BackChannel.Failed | Fields.Malformed e) {
      return unreachable(request, upstream, e);
    }
  }

  /** GET: the way there, and the way back. */
  public Response handle(Request request) {
    int start = request.path().indexOf(PATH) + PATH.length();
    String rest = request.path().substring(start);
    boolean back = rest.endsWith(CALLBACK);
    Upstream upstream =
        upstreams.get(back ? rest.substring(0, rest.length() - CALLBACK.length()) : rest);
    if (upstream == null) {
      throw new HttpError(404, "There is no such provider.");
    }
    try {
      return back ? callback(request, upstream)
          : begin(request, upstream, request.query().get(Continuation.PARAMETER, ""), null);
    } catch (BackChannel.Failed | Fields.Malformed e) {
      return unreachable(request, upstream, e);
    }
  }

  private Response unreachable(Request request, Upstream upstream, Exception e) {
    return refused(request, 502, upstream.provider, "unreachable: " + e.getMessage(),
        "upstream.unreachable");
  }

  /** OpenID Connect Core §3.1.2.1. */
  private Response begin(Request request, Upstream upstream, String sealed, String user)
      throws BackChannel.Failed {
    long wait = byNetwork.take(request.network());
    if (wait > 0) {
      throw HttpError.tooMany(
          "There were too many attempts. Please wait " + wait + " seconds.", wait);
    }
    UpstreamProvider provider = upstream.provider;
    String url = upstream.published.metadata().needText("authorization_endpoint");
    UpstreamAttempts.Attempt attempt = attempts.begin(request, provider.id(), sealed, user);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", provider.clientId());
    parameters.put("redirect_uri", redirectUri(provider));
    parameters.put("scope", String.join(" ", provider.scopes()));
    parameters.put("state", attempt.state());
    parameters.put("nonce", attempt.nonce());
    parameters.put("code_challenge", attempt.challenge());
    parameters.put("code_challenge_method", "S256");
    String locales = pages.localesBehind(sealed);
    if (locales != null) {
      parameters.put("ui_locales", locales); // the same person reads the pages there
    }
    if (neededSince(sealed) != null) {
      parameters.put("prompt", "login");
      parameters.put("max_age", "0");
    }
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      url = Urls.append(url, parameter.getKey(), parameter.getValue());
    }
    return Response.redirect(url).with("Set-Cookie", attempts.setCookie(attempt));
  }

  private Response callback(Request request, Upstream upstream) throws BackChannel.Failed {
    UpstreamProvider provider = upstream.provider;
    Form answer = request.query();
    UpstreamAttempts.Attempt attempt =
        attempts.finish(request, provider.id(), answer.get("state"));
    if (attempt == null) {
      return refused(request, 400, provider, "unknown state", "upstream.unknown");
    }
    // RFC 9207 §2.4: before the code is sent anywhere, and for errors as well.
    String iss = answer.get("iss");
    boolean promised = upstream.published.metadata()
        .flag("authorization_response_iss_parameter_supported", false);
    if (iss == null ? promised : !iss.equals(provider.issuer())) {
      return refused(request, 400, provider, "wrong iss", "upstream.issuer");
    }
    String code = answer.get("code");
    if (code == null) {
      // Not on the page, and without letters of its own: anybody can write them into a link.
      String error = answer.get("error", "no code").replaceAll("[^a-z_ ]", "?");
      return refused(request, 403, provider, error, "upstream.denied");
    }
    VerifiedJwt token;
    try {
      token = exchange(upstream, attempt, code);
    } catch (Fields.Malformed e) {
      return refused(
          request, 502, provider, "id_token: " + e.getMessage(), "upstream.unverified");
    }
    if (attempt.user() != null) {
      return linked(request, provider, token.subject(), attempt.user());
    }
    User user = links.find(provider, token);
    if (user == null) {
      return refused(request, 403, provider, "not linked", "upstream.stranger");
    }
    boolean several = provider.believesSeveral()
        && token.claims().texts("amr").contains("mfa");
    return signIn.proved(request, user,
        several ? Evidence.UPSTREAM_SEVERAL : Evidence.UPSTREAM, attempt.sealed());
  }

  /** The browser is back from being linked; whoever began it has to be signed in still. */
  private Response linked(
      Request request, UpstreamProvider provider, String subject, String asked) {
    Sessions.Session session = sessions.find(request);
    if (session == null || !session.user().name().equals(asked)) {
      return refused(request, 403, provider, "not signed in", "upstream.unknown");
    }
    if (!links.link(provider, subject, session.user())) {
      return refused(request, 409, provider, "linked already", "upstream.taken");
    }
    audit.record("upstream_link", "added", "user", asked, "provider", provider.id());
    return Response.redirect(issuer + AccountPage.PATH);
  }

  /** OpenID Connect Core §3.1.3: the code for an ID token, and what that must say. */
  private VerifiedJwt exchange(Upstream upstream, UpstreamAttempts.Attempt attempt, String code)
      throws BackChannel.Failed {
    UpstreamProvider provider = upstream.provider;
    Fields metadata = upstream.published.metadata();
    // Discovery §3: HTTP Basic is what a provider takes that says nothing.
    List<String> methods = metadata.texts("token_endpoint_auth_methods_supported");
    boolean basic = provider.clientSecret() != null
        && (methods.isEmpty() || methods.contains("client_secret_basic"));
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirectUri(provider));
    form.put("code_verifier", attempt.verifier());
    form.put("client_id", basic ? null : provider.clientId());
    form.put("client_secret", basic ? null : provider.clientSecret());
    String credentials =
        basic ? BackChannel.basic(provider.clientId(), provider.clientSecret()) : null;
    String compact = channel.post(metadata.needText("token_endpoint"), Form.of(form), credentials)
        .needText("id_token");
    VerifiedJwt token = new JwtValidator(Set.of("jwt", ""), provider.issuer(),
        Set.of(provider.clientId()), upstream.published, clock).validate(compact);
    Fields claims = token.claims();
    // §3.1.3.7: the nonce ties the token to this attempt, azp to us among several audiences.
    require(attempt.nonce().equals(claims.text("nonce")), "the nonce is another");
    require(provider.clientId().equals(claims.text("azp", provider.clientId())),
        "it was made for another party");
    require(token.audience().size() == 1 || claims.has("azp"), "it has several audiences");
    claims.needText("sub");
    Instant since = neededSince(attempt.sealed());
    require(since == null
        || claims.number("auth_time", 0) + SKEW_SECONDS >= since.getEpochSecond(),
        "the sign-in there is older than what is asked for here");
    return token;
  }

  /** The moment after which somebody has to have signed in, or null if any time will do. */
  private Instant neededSince(String sealed) {
    Continuation next = Continuation.open(seal, sealed);
    return next == null || next.since().equals(Instant.EPOCH) ? null : next.since();
  }

  private String redirectUri(UpstreamProvider provider) {
    return issuer + PATH + provider.id() + CALLBACK;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Fields.Malformed(otherwise);
    }
  }

  private Response refused(
      Request request, int status, UpstreamProvider provider, String why, String key) {
    audit.record("upstream_login", "refused", "provider", provider.id(), "why", why);
    return pages.error(
        request, status, key, Map.of("provider", provider.title()), "", null);
  }
}
