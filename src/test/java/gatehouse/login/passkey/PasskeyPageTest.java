package gatehouse.login.passkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.http.Response;
import gatehouse.json.Fields;
import gatehouse.login.SecondFactors;
import gatehouse.login.SignInFixture;
import gatehouse.login.User;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PasskeyPageTest {
  private final SignInFixture f = new SignInFixture(SecondFactors.Rule.OFFERED);
  private final SoftAuthenticator key = SoftAuthenticator.es256();

  /** What is asked of the browser, from the page's data-options. */
  private static Fields options(Response page) {
    Matcher matcher =
        Pattern.compile("data-options=\"([^\"]*)\"").matcher(SignInFixture.text(page));
    assertTrue(matcher.find(), SignInFixture.text(page));
    return Fields.readObject(matcher.group(1).replace("&quot;", "\""));
  }

  @BeforeEach
  void aliceMakesAPasskey() {
    f.password();
    Response page = f.get(f.passkeyPage::list, "/account/passkeys");
    Map<String, String> form = new HashMap<>(SignInFixture.hidden(page));
    form.putAll(key.create(options(page).text("challenge")));
    form.put("name", "Phone <1>");
    assertEquals(303, f.post(f.passkeyPage::change, form).status());
    key.belongsTo(options(page).object("user").text("id"));
    String list = SignInFixture.text(f.get(f.passkeyPage::list, "/account/passkeys"));
    assertTrue(list.contains("Phone &lt;1&gt;"), list);
    f.forgetCookies();
    f.audited.clear();
  }

  private Map<String, String> loginForm() {
    String token = f.loginToken();
    Map<String, String> form = new HashMap<>(key.get(Passkeys.challenge(token)));
    form.put("csrf", token);
    form.put("continue", f.continuation());
    return form;
  }

  private void assertRefused(Refusal reason, Response response) {
    assertEquals(401, response.status());
    assertTrue(f.audited.contains("passkey " + reason.name().toLowerCase()),
        f.audited.toString());
    assertFalse(f.isSignedIn());
  }

  @Test
  void signsInWithoutAName() {
    Response response = f.post(f.passkeyPage::signIn, loginForm());
    assertTrue(response.header("Location").contains("/authorize?continue="));
    assertTrue(f.isSignedIn());
  }

  @Test
  void signsInOncePerForm() {
    Map<String, String> form = loginForm();
    f.post(f.passkeyPage::signIn, form);
    f.audited.clear();
    Response again = f.post(f.passkeyPage::signIn, form);
    assertEquals(401, again.status());
    assertTrue(f.audited.contains("passkey replayed"), f.audited.toString());
  }

  @Test
  void refusesAFormThatWasMadeForAnotherBrowser() {
    Map<String, String> form = loginForm();
    f.forgetCookies();
    f.loginToken();
    assertRefused(Refusal.REPLAYED, f.post(f.passkeyPage::signIn, form));
  }

  @Test
  void refusesASignatureFromAnotherForm() {
    Map<String, String> old = loginForm();
    Map<String, String> fresh = loginForm();
    old.put("csrf", fresh.get("csrf"));
    assertRefused(Refusal.WRONG_CHALLENGE, f.post(f.passkeyPage::signIn, old));
  }

  @Test
  void refusesAFormWithNothingInIt() {
    assertRefused(Refusal.MALFORMED,
        f.post(f.passkeyPage::signIn, Map.of("csrf", f.loginToken())));
  }

  @Test
  void demandsThatItsUserIsVerifiedWhenItIsAlone() {
    key.flags = SoftAuthenticator.UP;
    assertRefused(Refusal.USER_NOT_VERIFIED, f.post(f.passkeyPage::signIn, loginForm()));
  }

  @Test
  void isTheSecondFactorAfterAPassword() {
    f.password();
    assertFalse(f.isSignedIn());
    key.flags = SoftAuthenticator.UP;
    Response page = f.secondPage();
    assertEquals(1, options(page).array("allowCredentials").size());
    Map<String, String> form = new HashMap<>(SignInFixture.hidden(page));
    form.putAll(key.get(options(page).text("challenge")));
    Response response = f.post(f.passkeyPage::complete, form);
    assertTrue(response.header("Location").contains("/authorize?continue="));
    assertTrue(f.isSignedIn());
  }

  @Test
  void isNoSecondFactorWithoutAFirst() {
    Map<String, String> form = loginForm();
    Response response = f.post(f.passkeyPage::complete, form);
    assertTrue(response.header("Location").contains("/login?continue="));
    assertFalse(f.isSignedIn());
  }

  private Response change(String action, String... more) {
    Map<String, String> form = new HashMap<>(
        SignInFixture.hidden(f.get(f.passkeyPage::list, "/account/passkeys")));
    form.put("action", action);
    form.put("id", f.passkeys.of(f.alice).get(0).id());
    for (int i = 0; i < more.length; i += 2) {
      form.put(more[i], more[i + 1]);
    }
    return f.post(f.passkeyPage::change, form);
  }

  @Test
  void isRenamedByItsOwnerAndStaysTheSame() {
    f.post(f.passkeyPage::signIn, loginForm());
    assertEquals(303, change("rename", "name", " Old \"phone\" ").status());
    String list = SignInFixture.text(f.get(f.passkeyPage::list, "/account/passkeys"));
    assertTrue(list.contains("Old &quot;phone&quot;"), list);
    f.forgetCookies();
    f.post(f.passkeyPage::signIn, loginForm());
    assertTrue(f.isSignedIn());
  }

  @Test
  void isNotRemovedWhileItIsTheOnlyWayIn() {
    f.withoutPassword();
    f.post(f.passkeyPage::signIn, loginForm());
    Response page = f.get(f.passkeyPage::list, "/account/passkeys");
    assertFalse(SignInFixture.text(page).contains("value=\"remove\""));
    assertEquals(409, change("remove").status());
    assertTrue(f.passkeys.isSetUp(f.alice));
  }

  @Test
  void isNotRemovedOfAnotherUser() {
    f.password(User.named("bob"));
    Map<String, String> form = new HashMap<>(
        SignInFixture.hidden(f.get(f.passkeyPage::list, "/account/passkeys")));
    for (String action : new String[] {"remove", "rename"}) {
      form.put("action", action);
      form.put("name", "mine");
      form.put("id", f.passkeys.of(f.alice).get(0).id());
      f.post(f.passkeyPage::change, form);
      form = new HashMap<>(
          SignInFixture.hidden(f.get(f.passkeyPage::list, "/account/passkeys")));
    }
    assertEquals("Phone <1>", f.passkeys.of(f.alice).get(0).name());
  }

  @Test
  void isRemovedByItsOwner() {
    f.post(f.passkeyPage::signIn, loginForm());
    Response page = f.get(f.passkeyPage::list, "/account/passkeys");
    Map<String, String> form = new HashMap<>(SignInFixture.hidden(page));
    form.put("action", "remove");
    form.put("id", f.passkeys.of(f.alice).get(0).id());
    f.post(f.passkeyPage::change, form);
    assertFalse(f.passkeys.isSetUp(f.alice));
  }
}
