package gatehouse.support;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Somebody's account page, as they read it and press its buttons. */
public final class Account {
  private final String issuer;
  private final Browser browser;
  private Page page;

  private Account(String issuer, Browser browser) {
    this.issuer = issuer;
    this.browser = browser;
  }

  /** The page of a browser that may not be signed in yet. */
  public static Account open(String issuer, Browser browser, Person person) {
    Account account = new Account(issuer, browser);
    account.page = browser.open(issuer + "/account");
    if (account.page.asksToSignIn()) {
      account.page = account.page.signIn(person);
    }
    account.page.answer().expect(200);
    return account;
  }

  public Page page() {
    return page;
  }

  public String html() {
    return page.answer().body();
  }

  /** The ids of the connected applications, in the order of the page. */
  public List<String> apps() {
    return hidden("app");
  }

  /** The sessions of other browsers, in the order of the page. */
  public List<String> otherSessions() {
    return hidden("session");
  }

  /** What the page has in hidden fields of that name. */
  public List<String> hidden(String name) {
    return Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(html()).results()
        .map((MatchResult result) -> result.group(1)).toList();
  }

  /** What a form of the page would send. */
  public Parameters form(String action, String... fields) {
    Parameters form = Parameters.of("csrf", hidden("csrf").get(0), "action", action);
    for (int i = 0; i < fields.length; i += 2) {
      form.set(fields[i], fields[i + 1]);
    }
    return form;
  }

  /** Presses a button; the page is then what it leads to. */
  public Account press(String action, String... fields) {
    page = browser.post(issuer + "/account", form(action, fields));
    return this;
  }
}
