package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.http.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SecondFactorPageTest {
  private static final byte[] SECRET = new byte[20];

  private SignInFixture f = new SignInFixture(SecondFactors.Rule.OFFERED);

  private String code() {
    return Totp.code(SECRET, Totp.step(f.clock.instant().getEpochSecond()), Totp.DIGITS);
  }

  private void setUpApp() {
    assertTrue(f.totp.confirm(f.alice, SECRET, code()));
    f.clock.advanceSeconds(120);
  }

  private Response enter(String code) {
    Map<String, String> form = new HashMap<>(SignInFixture.hidden(page()));
    form.put("code", code);
    return f.post(f.second::enter, form);
  }

  private Response page() {
    return f.secondPage();
  }

  private static String location(Response response) {
    return response.header("Location");
  }

  @Nested
  class WhereItIsOffered {
    @Test
    void aPasswordIsEnoughForThoseWhoHaveSetUpNothing() {
      assertTrue(location(f.password()).startsWith(SignInFixture.ISSUER + "/authorize?continue="));
      assertTrue(f.isSignedIn());
    }

    @Test
    void aPasswordIsNoSessionForThoseWhoHave() {
      setUpApp();
      assertTrue(location(f.password())
          .startsWith(SignInFixture.ISSUER + "/login/second?continue="));
      assertFalse(f.isSignedIn());
    }

    @Test
    void theCodeCompletesTheSignIn() {
      setUpApp();
      f.password();
      assertTrue(location(enter(code()))
          .startsWith(SignInFixture.ISSUER + "/authorize?continue="));
      assertTrue(f.isSignedIn());
      assertEquals(List.of(Evidence.PASSWORD.and(Evidence.CODE)), f.begun);
      assertEquals(303, page().status(), "nothing is pending any more");
    }

    @Test
    void aRecoveryCodeDoesAsWellAndOnce() {
      setUpApp();
      String recovery = f.recovery.renew(f.alice).get(0);
      f.password();
      assertEquals(303, enter(recovery).status());
      f.forgetCookies();
      f.password();
      assertEquals(401, enter(recovery).status());
      assertFalse(f.isSignedIn());
    }

    @Test
    void aWrongCodeIsRefused() {
      setUpApp();
      f.password();
      assertEquals(401, enter("000000").status());
      assertTrue(f.audited.contains("second_factor refused"));
      assertFalse(f.isSignedIn());
    }

    @Test
    void guessingIsSlowedDown() {
      setUpApp();
      f.password();
      for (int i = 0; i < 5; i++) {
        assertEquals(401, enter("000000").status());
      }
      Response limited = enter(code());
      assertEquals(429, limited.status());
      assertEquals("60", limited.header("Retry-After"));
    }

    @Test
    void whoeverHasThePasswordAloneDoesNotKeepItsOwnerOut() {
      setUpApp();
      f.password();
      assertEquals(303, enter(code()).status());
      Map<String, String> owners = f.forgetCookies();
      f.password();
      for (int i = 0; i < 6; i++) {
        enter("000000");
      }
      assertEquals(429, enter("000000").status());
      f.forgetCookies();
      f.bring(owners);
      f.clock.advanceSeconds(30);
      f.password();
      assertEquals(303, enter(code()).status());
    }

    @Test
    void aFormIsGoodOnce() {
      setUpApp();
      f.password();
      Map<String, String> form = new HashMap<>(SignInFixture.hidden(page()));
      form.put("code", "000000");
      assertEquals(401, f.post(f.second::enter, form).status());
      form.put("code", code());
      assertEquals(403, f.post(f.second::enter, form).status());
      assertFalse(f.isSignedIn());
    }

    @Test
    void anotherBrowserHasNothingPending() {
      setUpApp();
      f.password();
      Map<String, String> form = new HashMap<>(SignInFixture.hidden(page()));
      form.put("code", code());
      f.forgetCookies();
      assertTrue(location(f.post(f.second::enter, form))
          .startsWith(SignInFixture.ISSUER + "/login?continue="));
      assertFalse(f.isSignedIn());
    }

    @Test
    void itStaysPendingForTenMinutes() {
      setUpApp();
      f.password();
      f.clock.advance(Duration.ofMinutes(10).plusSeconds(1));
      assertTrue(location(page()).startsWith(SignInFixture.ISSUER + "/login?"));
    }

    @Test
    void aPasswordThatIsChangedMeanwhileWasNoFirstFactor() {
      setUpApp();
      f.password();
      Map<String, String> form = new HashMap<>(SignInFixture.hidden(page()));
      f.users.changePassword(f.alice, "looking glass");
      form.put("code", code());
      assertTrue(location(f.post(f.second::enter, form)).contains("/login?continue="));
      assertFalse(f.isSignedIn());
    }

    @Test
    void aUserWhoIsRemovedMeanwhileDoesNotGetIn() {
      setUpApp();
      f.password();
      Map<String, String> form = new HashMap<>(SignInFixture.hidden(page()));
      form.put("code", code());
      f.users.remove("alice");
      f.post(f.second::enter, form);
      assertFalse(f.isSignedIn());
    }

    @Test
    void aRequestMayAskForMoreThanThePasswordOfOnesWithNothingSetUp() {
      f.asked = Assurance.TWO_FACTORS;
      f.password();
      assertFalse(f.isSignedIn());
      assertTrue(SignInFixture.text(page()).contains("/account/totp?continue="));
    }

    @Test
    void whoHasAnAppUsesItBeforeMakingThePasskeyThatIsAskedFor() {
      setUpApp();
      f.asked = Assurance.PHISHING_RESISTANT;
      f.password();
      assertFalse(SignInFixture.text(page()).contains("/account/passkeys"));
      assertEquals(303, f.get(f.passkeyPage::list, "/account/passkeys").status());
      enter(code());
      assertFalse(f.isSignedIn(), "a code does not resist phishing");
      assertTrue(SignInFixture.text(page()).contains("/account/passkeys?continue="));
      assertEquals(200, f.get(f.passkeyPage::list, "/account/passkeys").status());
    }
  }

  @Nested
  class WhereItIsDemanded {
    WhereItIsDemanded() {
      f = new SignInFixture(SecondFactors.Rule.DEMANDED);
    }

    private Response setUpPage() {
      return f.get(f.totpPage::show, "/account/totp?continue=" + f.continuation());
    }

    @Test
    void theFirstSignInSetsOneUp() {
      f.password();
      assertFalse(f.isSignedIn());
      Response setUp = setUpPage();
      assertTrue(SignInFixture.text(setUp).contains("<path d=\"M4 4h7"));
      Map<String, String> form = new HashMap<>(SignInFixture.hidden(setUp));
      form.put("action", "confirm");
      form.put("code", SignInFixture.code(setUp, f.clock));
      Response codes = f.post(f.totpPage::change, form);
      assertEquals(200, codes.status());
      assertEquals(8, Pattern.compile("([A-Z2-7]{4}-){5}")
          .matcher(SignInFixture.text(codes)).results().count());
      assertFalse(f.isSignedIn(), "not before the codes have been read");
      assertTrue(location(page()).startsWith(SignInFixture.ISSUER + "/authorize?continue="));
      assertTrue(f.isSignedIn());
    }

    @Test
    void aMistypedCodeKeepsTheSecretThatTheAppHas() {
      f.password();
      Response setUp = setUpPage();
      Map<String, String> form = new HashMap<>(SignInFixture.hidden(setUp));
      form.put("action", "confirm");
      form.put("code", "000000");
      Response again = f.post(f.totpPage::change, form);
      assertEquals(400, again.status());
      assertEquals(SignInFixture.code(setUp, f.clock), SignInFixture.code(again, f.clock));
      assertFalse(f.totp.isSetUp(f.alice));
    }

    @Test
    void nobodyReplacesTheAppOfSomebodyWithThePasswordAlone() {
      setUpApp();
      f.password();
      assertTrue(location(setUpPage()).startsWith(SignInFixture.ISSUER + "/login?"));
      assertTrue(f.totp.accept(f.alice, code()));
    }
  }

  @Nested
  class TheSetUpPage {
    @Test
    void asksForAFreshSignIn() {
      f.password();
      assertEquals(200, f.get(f.totpPage::show, "/account/totp").status());
      f.clock.advance(Duration.ofMinutes(15));
      assertEquals(303, f.get(f.totpPage::show, "/account/totp").status());
    }

    @Test
    void leavesItsUserSignedInWithBothFactors() {
      f.password();
      Response setUp = f.get(f.totpPage::show, "/account/totp");
      Map<String, String> form = new HashMap<>(SignInFixture.hidden(setUp));
      form.put("action", "confirm");
      form.put("code", SignInFixture.code(setUp, f.clock));
      assertTrue(SignInFixture.text(f.post(f.totpPage::change, form)).contains("recovery codes"));
      assertEquals(200, f.get(f.totpPage::show, "/account/totp").status());
      assertEquals(List.of(Evidence.PASSWORD, Evidence.PASSWORD.and(Evidence.CODE)), f.begun);
    }

    @Test
    void isNotForASessionThatIsOlderThanTheFirstSecondFactor() {
      f.password();
      setUpApp();
      assertEquals(303, f.get(f.totpPage::show, "/account/totp").status());
      assertEquals(303, f.get(f.passkeyPage::list, "/account/passkeys").status());
    }

    @Test
    void keepsTheLastSecondFactorWhereOneIsDemanded() {
      f = new SignInFixture(SecondFactors.Rule.DEMANDED);
      setUpApp();
      f.password();
      enter(code());
      Response page = f.get(f.totpPage::show, "/account/totp");
      assertFalse(SignInFixture.text(page).contains("value=\"remove\""));
      Map<String, String> form = new HashMap<>(SignInFixture.hidden(page));
      form.put("action", "remove");
      assertEquals(409, f.post(f.totpPage::change, form).status());
      assertTrue(f.totp.isSetUp(f.alice));
    }

    @Test
    void takesAppAndCodesAway() {
      setUpApp();
      f.recovery.renew(f.alice);
      f.password();
      enter(code());
      Map<String, String> form = new HashMap<>(
          SignInFixture.hidden(f.get(f.totpPage::show, "/account/totp")));
      form.put("action", "remove");
      f.post(f.totpPage::change, form);
      assertFalse(f.totp.isSetUp(f.alice));
      assertEquals(0, f.recovery.left(f.alice));
    }

    @Test
    void showsTheSecretWithoutAQrCodeWhereTheNameDoesNotFit() {
      User longName = User.named("x".repeat(255));
      f.users.add(longName);
      f.password(longName);
      String page = SignInFixture.text(f.get(f.totpPage::show, "/account/totp"));
      assertFalse(page.contains("<svg"), page);
      assertTrue(page.contains("otpauth://totp/"), page);
    }
  }
}
