package gatehouse.junit;

import gatehouse.Gatehouse;
import gatehouse.http.Form;
import gatehouse.http.Urls;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An authorization request that waits for a person: who it is, and what they decide. No browser is
 * needed, and no password; everything else is the real way through login and consent.
 *
 * <pre>{@code
 * URI redirect = gatehouse.approve(authorizationUrl).as("alice").granting("account:read");
 * }</pre>
 *
 * <p>What comes back is the redirect to the client, with {@code code}, {@code state} and {@code
 * iss}, or with {@code error}. It is not followed; a client that listens gets it by a GET of this
 * URL. Each approval is by a browser of its own, so nobody is signed in before.
 */
public final class PendingApproval {
  private static final String LOGIN = "/login";
  private static final String CONSENT = "/consent";

  private final Gatehouse gatehouse;
  private final Recorder recorder;
  private final HeadlessBrowser browser;
  private final String url;
  private final String user;

  PendingApproval(Gatehouse gatehouse, Recorder recorder, HeadlessBrowser browser, String url,
      String user) {
    this.gatehouse = gatehouse;
    this.recorder = recorder;
    this.browser = browser;
    this.url = url;
    this.user = user;
  }

  /** Who it is that decides; without this, {@code alice}. */
  public PendingApproval as(String userName) {
    return new PendingApproval(gatehouse, recorder, browser, url, userName);
  }

  /**
   * Allows these scopes and unticks the others. What cannot be unticked is granted as well: the
   * scopes of a first connection, and {@code openid}.
   *
   * @return the redirect to the client
   * @throws AssertionError with a transcript, if it does not come to a redirect, or if one of the
   *     scopes was not asked for
   */
  public URI granting(String... scopes) {
    return decide("allow", new LinkedHashSet<>(List.of(scopes)));
  }

  /**
   * Allows all that was asked for.
   *
   * @return the redirect to the client
   * @throws AssertionError with a transcript, if it does not come to a redirect
   */
  public URI grantingEverything() {
    return decide("allow", null);
  }

  /**
   * Denies.
   *
   * @return the redirect to the client, with {@code error=access_denied}
   * @throws AssertionError with a transcript, if it does not come to a redirect
   */
  public URI denying() {
    return decide("deny", Set.of());
  }

  private URI decide(String decision, Set<String> scopes) {
    HeadlessBrowser.Page page = answer(decision, scopes);
    if (page.location() == null) {
      HtmlForm post = HtmlForm.to("", page.html());
      if (page.status() == 200 && post != null) {
        return fromForm(post);
      }
      throw failed("it did not come to a redirect, but to " + page.status() + ", "
          + Decision.page(page.html()));
    }
    return URI.create(page.location());
  }

  /** The last page: a redirect to the client if all went well. */
  HeadlessBrowser.Page answer(String decision, Set<String> scopes) {
    HeadlessBrowser.Page page = browser.open(url);
    HtmlForm login = HtmlForm.to(LOGIN, page.html());
    if (page.location() == null && login != null) {
      page = browser.post(login.action(), fields(login, "username", user));
      if (HtmlForm.to(LOGIN, page.html()) != null) {
        throw failed("there is no user '" + user + "'");
      }
    }
    HtmlForm consent = HtmlForm.to(CONSENT, page.html());
    if (page.location() != null || consent == null) {
      return page;
    }
    List<String> ticked = new ArrayList<>(consent.choices());
    if (scopes != null && decision.equals("allow")) {
      requireAsked(scopes);
      ticked.retainAll(scopes);
    }
    StringBuilder body = new StringBuilder(fields(consent, "decision", decision).encoded());
    ticked.forEach(scope -> body.append('&').append(
        Form.of(Map.of("scope", scope)).encoded()));
    return browser.post(consent.action(), Form.parse(body.toString()));
  }

  private void requireAsked(Set<String> scopes) {
    Form asked = Form.parse(URI.create(url).getRawQuery());
    String scope = String.join(" ", asked.all("scope"));
    if (scope.isEmpty()) {
      return; // Pushed, or left to us: the page alone knows.
    }
    Set<String> unknown = new LinkedHashSet<>(scopes);
    unknown.removeAll(List.of(scope.split(" ")));
    unknown.removeAll(gatehouse.scopes().base());
    if (!unknown.isEmpty()) {
      throw failed("the client has not asked for " + String.join(" ", unknown) + ", only for "
          + scope);
    }
  }

  private static Form fields(HtmlForm form, String name, String value) {
    Form fields = Form.EMPTY;
    for (HtmlForm.Field field : form.fields()) {
      fields = fields.with(field.name(), field.value());
    }
    return fields.with(name, value);
  }

  /** OAuth 2.0 Form Post Response Mode: the same parameters, as a URL. */
  private static URI fromForm(HtmlForm post) {
    String target = post.action();
    for (HtmlForm.Field field : post.fields()) {
      target = Urls.append(target, field.name(), field.value());
    }
    return URI.create(target);
  }

  private AssertionError failed(String why) {
    return new AssertionError(why + System.lineSeparator() + recorder.all());
  }
}
