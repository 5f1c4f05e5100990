package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Seal;
import gatehouse.html.Text;
import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import gatehouse.login.Continuation;
import gatehouse.login.Csrf;
import gatehouse.login.Pages;
import gatehouse.login.Sessions;
import gatehouse.login.User;
import gatehouse.oauth.client.ClientMetadata;
import gatehouse.oauth.client.Registered;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /clients}: where a signed-in user registers a client by hand, and gets an id, and perhaps
 * a secret, to paste into it; and the list of those they have. The last resort of MCP's
 * registration, for clients that can do nothing else.
 *
 * <p>Deleting one ends what anybody has allowed it, as RFC 7592 §2.3 has it for other clients.
 */
public final class ClientsPage {
  /** Where it lives under the issuer. */
  public static final String PATH = "/clients";

  private static final String PURPOSE = "clients";

  private final String issuer;
  private final Pages pages;
  private final Sessions sessions;
  private final Csrf csrf;
  private final Registered registered;
  private final Grants grants;
  private final Seal seal;
  private final Audit audit;

  public ClientsPage(String issuer, Pages pages, Sessions sessions, Csrf csrf,
      Registered registered, Grants grants, Seal seal, Audit audit) {
    this.issuer = issuer;
    this.pages = pages;
    this.sessions = sessions;
    this.csrf = csrf;
    this.registered = registered;
    this.grants = grants;
    this.seal = seal;
    this.audit = audit;
  }

  /** GET: the list, and the form. */
  public Response show(Request request) {
    Sessions.Session session = sessions.find(request);
    return session == null ? signIn()
        : page(request, session, 200, Form.EMPTY, Text.NONE, null);
  }

  /** POST: registers, and shows the result once; or {@code delete}s. */
  public Response change(Request request) {
    Form form = request.form();
    Sessions.Session session = sessions.find(request);
    if (session == null) {
      return signIn();
    }
    if (!csrf.accept(request, PURPOSE, form.get("csrf"))) {
      return page(request, session, 403, form, Text.of("problem.stale"), null);
    }
    if (form.get("action", "").equals("delete")) {
      delete(session.user(), form.get("client", ""));
      return Response.redirect(issuer + PATH);
    }
    try {
      JsonObject accepted = ClientMetadata.acceptRegistration(Fields.of(metadata(form)));
      Registered.Registration made = registered.add(accepted, session.user().name(), true);
      audit.record("registration", "ok", "client", made.client().id(),
          "name", made.client().name(), "user", session.user().name());
      return page(request, session, 200, Form.EMPTY, Text.NONE, made);
    } catch (OAuthError e) {
      return page(request, session, 400, form,
          Text.of("problem.registration", "detail", e.getMessage()), null);
    }
  }

  /** Only what the user has registered. */
  private void delete(User user, String id) {
    if (registered.of(user.name()).stream().anyMatch(own -> own.client().id().equals(id))) {
      if (registered.remove(id)) {
        grants.revokeIf(grant -> grant.clientId().equals(id));
      }
      audit.record("registration", "removed", "client", id, "user", user.name());
    }
  }

  private static JsonObject metadata(Form form) {
    List<String> redirectUris = new ArrayList<>();
    form.get("redirect_uris", "").lines().map(String::trim).filter(line -> !line.isEmpty())
        .forEach(redirectUris::add);
    boolean secret = "secret".equals(form.get("kind"));
    return new JsonObject()
        .add("client_name", form.get("name", ""))
        .add("redirect_uris", Fields.array(redirectUris))
        .add("grant_types", Fields.array(List.of("authorization_code", "refresh_token")))
        .add("token_endpoint_auth_method", secret ? "client_secret_basic" : "none");
  }

  private Response page(Request request, Sessions.Session session, int status, Form form,
      Text problem, Registered.Registration made) {
    Csrf.Protection protection = csrf.protect(request, PURPOSE);
    Map<String, Object> values = new HashMap<>();
    values.put("csrf", protection.token());
    values.put("problem", problem);
    values.put("name", form.get("name", ""));
    values.put("redirectUris", form.get("redirect_uris", ""));
    List<Map<String, Object>> own = registered.of(session.user().name()).stream()
        .map(ClientsPage::own).toList();
    values.put("own", own);
    values.put("any", !own.isEmpty());
    values.put("made", made != null);
    values.put("client", made == null ? "" : made.client().name());
    values.put("id", made == null ? "" : made.client().id());
    values.put("confidential", made != null && made.secret() != null);
    values.put("secret", made == null || made.secret() == null ? "" : made.secret());
    return protection.on(pages.show(request, status, "clients.html", values));
  }

  private static Map<String, Object> own(Registered.Owned owned) {
    boolean used = owned.used() != null;
    return Map.of("ownId", owned.client().id(), "ownName", owned.client().name(),
        "created", day(owned.created()), "wasUsed", used, "unused", !used,
        "used", used ? day(owned.used()) : "");
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private Response signIn() {
    return Response.redirect(
        new Continuation(PATH, "", Instant.EPOCH).loginUrl(issuer, seal));
  }
}
