package gatehouse.login;

import gatehouse.html.Text;
import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.http.SecurityHeaders;
import gatehouse.http.Urls;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /account}: what somebody has allowed, where they are signed in, and how they sign in; and
 * the end of any of it.
 *
 * <p>To end something needs no more than the session: whoever has it could use what is ended. To
 * add a way of signing in, or to take one away, needs a sign-in of late ({@link SetUp}). Every name
 * in a form is looked up among the user's own things, so somebody else's changes nothing.
 */
public final class AccountPage {
  /** Where it is, under the issuer. */
  public static final String PATH = "/account";

  /** A page has to end somewhere; what is not shown is older, and ended with the rest. */
  private static final int MAX_SHOWN = 100;

  /** The same in every language and country, as the page cannot know the user's hours. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  /**
   * The ways of signing in that have pages or places of their own.
   *
   * @param password whether people sign in by password here
   * @param passkeys what knows who has one, or null if they are not offered
   * @param totp what knows who has an app, or null if they are not offered
   */
  public record Offered(boolean password, SecondFactor passkeys, SecondFactor totp,
      UpstreamSso upstream) {
  }

  private final String issuer;
  private final Pages pages;
  private final Csrf csrf;
  private final Sessions sessions;
  private final SetUp setUp;
  private final Users users;
  private final Offered offered;
  private final WaysIn waysIn;
  private final UpstreamLinks links;
  private final Connected connected;
  private final Audit audit;

  public AccountPage(String issuer, Pages pages, Csrf csrf, Sessions sessions, SetUp setUp,
      Users users, Offered offered, WaysIn waysIn, UpstreamLinks links, Connected connected,
      Audit audit) {
    this.issuer = issuer;
    this.pages = pages;
    this.csrf = csrf;
    this.sessions = sessions;
    this.setUp = setUp;
    this.users = users;
    this.offered = offered;
    this.waysIn = waysIn;
    this.links = links;
    this.connected = connected;
    this.audit = audit;
  }

  /** GET: all of it. */
  public Response show(Request request) {
    Sessions.Session session = sessions.find(request);
    return session == null ? setUp.signIn(PATH) : page(200, request, session, Text.NONE);
  }

  /** POST: one {@code action}. */
  public Response change(Request request) {
    Sessions.Session session = sessions.find(request);
    if (session == null) {
      return setUp.signIn(PATH);
    }
    Form form = request.form();
    if (!csrf.accept(request, purpose(session), form.get("csrf"))) {
      return page(403, request, session, Text.of("problem.stale"));
    }
    User user = session.user();
    switch (form.get("action", "")) {
      case "disconnect" -> {
        String client = form.get("app", "");
        if (connected.end(user, client)) {
          audit.record("connection", "ended", "user", user.name(), "client", client);
        }
      }
      case "disconnect-all" -> disconnectAll(user);
      case "sign-out" -> {
        if (sessions.end(user, form.get("session", ""))) {
          audit.record("session", "ended", "user", user.name());
        }
      }
      case "sign-out-others" -> {
        audit.record("session", "others_ended", "user", user.name(),
            "count", "" + sessions.endOthers(session));
        // RFC 9700 §4.14.2 leaves it open whether tokens end with sessions: the user says.
        if (form.get("disconnect") != null) {
          disconnectAll(user);
        }
      }
      case "link", "unlink" -> {
        return relink(request, session, form);
      }
      default -> {
        return page(400, request, session, Text.of("problem.button"));
      }
    }
    return Response.redirect(issuer + PATH);
  }

  private void disconnectAll(User user) {
    connected.endAll(user);
    audit.record("connection", "all_ended", "user", user.name());
  }

  /** A way of signing in comes or goes. */
  private Response relink(Request request, Sessions.Session session, Form form) {
    SetUp.Person person = setUp.find(request);
    if (person == null || person.isSigningIn()) {
      return setUp.signInFirst(PATH);
    }
    if (form.get("action").equals("link")) {
      return offered.upstream.link(request, session, form.get("provider", ""));
    }
    String key = form.get("link", "");
    if (!waysIn.mayUnlink(person.user(), key)) {
      return page(409, request, session, Text.of("problem.last_way"));
    }
    if (links.remove(person.user(), key)) {
      audit.record("upstream_link", "removed", "user", person.user().name());
    }
    return Response.redirect(issuer + PATH);
  }

  private Response page(int status, Request request, Sessions.Session session, Text problem) {
    User user = session.user();
    Csrf.Protection protection = csrf.protect(request, purpose(session));
    Map<String, Object> values = new HashMap<>();
    values.put("csrf", protection.token());
    values.put("user", user.displayName());
    values.put("problem", problem);
    List<Map<String, Object>> apps = connected.of(user).stream().limit(MAX_SHOWN)
        .map(AccountPage::app).toList();
    values.put("apps", apps);
    values.put("noApps", apps.isEmpty());
    values.put("severalApps", apps.size() > 1);
    List<Map<String, Object>> all = sessions(session);
    values.put("sessions", all);
    values.put("severalSessions", all.size() > 1);
    values.put("password", offered.password && users.havePassword(user));
    values.put("passkeys", factor(offered.passkeys, user));
    values.put("totp", factor(offered.totp, user));
    values.put("upstream", upstream(user));
    Response page = pages.show(request, status, "account.html", values);
    return protection.on(offered.upstream.providers().isEmpty() ? page
        : page.with("Content-Security-Policy", SecurityHeaders.pagePolicy(elsewhere())));
  }

  /** Where connecting an account leads: to providers, who send people on as they like. */
  private String elsewhere() {
    StringBuilder targets = new StringBuilder("https:");
    for (UpstreamProvider provider : offered.upstream.providers()) {
      if (provider.issuer().startsWith("http:")) {
        targets.append(' ').append(Urls.origin(Urls.parse(provider.issuer())));
      }
    }
    return targets.toString();
  }

  private static Map<String, Object> app(Connected.App app) {
    Map<String, Object> shown = new HashMap<>();
    shown.put("id", app.id());
    shown.put("name", app.name());
    shown.put("verified", app.verified());
    shown.put("unverified", !app.verified());
    shown.put("host", app.host());
    shown.put("scopes", app.scopes().stream().map(title -> Map.of("title", title)).toList());
    shown.put("allowed", TIME.format(app.allowed()));
    shown.put("used", TIME.format(app.used()));
    return shown;
  }

  /** This browser's first: it is shown even if there are many. */
  private List<Map<String, Object>> sessions(Sessions.Session current) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (Sessions.Listed session : sessions.of(current.user())) {
      boolean here = session.key().equals(current.key());
      Map<String, Object> entry = Map.of(
          "key", session.key(),
          "device", session.device().isEmpty() ? Text.of("account.unknown") : session.device(),
          "begun", time(session.begun()),
          "seen", time(session.seen()),
          "here", here,
          "elsewhere", !here);
      if (here) {
        shown.add(0, entry);
      } else if (shown.size() < MAX_SHOWN) {
        shown.add(entry);
      }
    }
    return shown;
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** One entry if it is offered. */
  private static List<Map<String, Object>> factor(SecondFactor kind, User user) {
    return kind == null ? List.of()
        : List.of(Map.of("ready", kind.isSetUp(user), "missing", !kind.isSetUp(user)));
  }

  /** One entry for each provider: linked, or to be linked. */
  private List<Map<String, Object>> upstream(User user) {
    List<Map<String, Object>> shown = new ArrayList<>();
    List<UpstreamLinks.Link> known = links.of(user);
    offered.upstream.providers().forEach(provider -> {
      List<Map<String, Object>> linked = known.stream()
          .filter(link -> link.issuer().equals(provider.issuer()))
          .map(link -> Map.<String, Object>of("key", link.key(), "subject", link.subject(),
              "removable", waysIn.mayUnlink(user, link.key())))
          .toList();
      shown.add(Map.of("title", provider.title(), "id", provider.id(), "links", linked,
          "unlinked", linked.isEmpty()));
    });
    return shown;
  }

  private static String purpose(Sessions.Session session) {
    return "account/" + session.key();
  }
}
