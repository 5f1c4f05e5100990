package gatehouse.support;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.URI;
import java.util.List;

/**
 * What a browser shows: a page of ours, with its form; or nothing, because it was sent away, to the
 * client's redirect URI.
 */
public final class Page {
  private final Browser browser;
  private final String url;
  private final Answer answer;
  private final HtmlForm form;
  private final URI sentTo;

  Page(Browser browser, String url, Answer answer, URI sentTo) {
    this.browser = browser;
    this.url = url;
    this.answer = answer;
    this.form = sentTo == null ? HtmlForm.of(answer.body()) : null;
    this.sentTo = sentTo;
  }

  /** Its address. */
  public String url() {
    return url;
  }

  /** The answer that brought it: status, headers, HTML. */
  public Answer answer() {
    return answer;
  }

  /** Whether this is the sign-in page. */
  public boolean asksToSignIn() {
    return form != null && form.hasButton("Sign in");
  }

  /** Whether this is the consent page. */
  public boolean asksForConsent() {
    return form != null && form.hasButton("Allow");
  }

  /** Its form, which must be there. */
  public HtmlForm form() {
    assertNotNull(form, () -> "no form on " + url + " (" + answer.status() + ", sent to " + sentTo
        + ")\n" + answer.body());
    return form;
  }

  /** Where the browser was sent, away from our origin; null if it is still here. */
  public URI sentTo() {
    return sentTo;
  }

  /** What the client is told by the redirect, which must have happened (RFC 6749 §4.1.2). */
  public Parameters response() {
    assertNotNull(sentTo, () -> "still on " + url + " (" + answer.status() + ")\n" + answer.body());
    return Parameters.parse(sentTo.getRawQuery());
  }

  public Page fill(String field, String value) {
    form().values().set(field, value);
    return this;
  }

  /** Unticks a box. */
  public Page untick(String field, String value) {
    List<String> others = form().values().all(field).stream()
        .filter(ticked -> !ticked.equals(value)).toList();
    form.values().remove(field);
    others.forEach(other -> form.values().add(field, other));
    return this;
  }

  /** Sends the form by the button with this label. */
  public Page press(String button) {
    return browser.post(form().action(), form.pressed(button));
  }

  /** Signs in, which leads to where the browser wanted to go. */
  public Page signIn(Person person) {
    return fill("username", person.name()).fill("password", person.password()).press("Sign in");
  }

  public Page allow() {
    return press("Allow");
  }

  /** Allows the optional scopes named here and no others. */
  public Page allowOnly(String... scopes) {
    form().choices().stream().filter(choice -> !List.of(scopes).contains(choice))
        .forEach(choice -> untick("scope", choice));
    return press("Allow");
  }

  public Page deny() {
    return press("Deny");
  }
}
