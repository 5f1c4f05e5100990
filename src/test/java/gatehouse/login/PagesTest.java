package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.html.Text;
import gatehouse.http.Requests;
import gatehouse.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesTest {
  private final SignInFixture fixture = new SignInFixture(SecondFactors.Rule.OFFERED);

  private String behind(String query) {
    return new Continuation("/authorize", query, Instant.EPOCH).seal(fixture.seal);
  }

  private String language(String target, String... headers) {
    return fixture.pages.language(Requests.get(target, headers));
  }

  @Test
  void areInTheLanguageThatTheClientAsksForThenTheBrowserThenEnglish() {
    assertEquals("de", language("/login?ui_locales=de", "Accept-Language", "en"));
    assertEquals("de", language("/login?ui_locales=xx", "Accept-Language", "de"));
    assertEquals("de", language("/login?ui_locales=fr%20de", "Accept-Language", "en"));
    assertEquals("en", language("/login"));
  }

  @Test
  void areInTheLanguageOfTheRequestBehindTheContinuation() {
    String sealed = behind("client_id=c1&ui_locales=de");
    assertEquals("de", language("/login?continue=" + sealed, "Accept-Language", "en"));
    assertEquals("de", fixture.pages.language(
        Requests.post("/login", "continue=" + sealed, "Accept-Language", "en")));
    assertEquals("en", language("/login?continue=" + behind("client_id=c1")));
    assertEquals("en", language("/login?continue=nonsense"));
  }

  @ParameterizedTest
  @CsvSource({"/login?ui_locales=%zz", "/login?ui_locales=de&ui_locales=en", "/?continue=a&continue=b"})
  void areShownWhateverTheParametersAre(String target) {
    assertEquals("de", language(target, "Accept-Language", "de"));
  }

  @Test
  void askForASecondFactorInThatLanguage() {
    fixture.password();
    Response page = fixture.get(fixture.second::show,
        "/login/second?continue=" + behind("client_id=c1&ui_locales=de"));
    assertTrue(page.status() == 303 || SignInFixture.text(page).contains("lang=\"de\""),
        SignInFixture.text(page));
    SignInFixture demanded = new SignInFixture(SecondFactors.Rule.DEMANDED);
    demanded.password();
    String text = SignInFixture.text(demanded.get(demanded.second::show,
        "/login/second?continue=" + new Continuation("/authorize", "ui_locales=de", Instant.EPOCH)
            .seal(demanded.seal)));
    assertTrue(text.contains("<html lang=\"de\">") && text.contains("Noch ein Schritt"), text);
    assertTrue(text.contains(">Authenticator-App</a>"), text);
  }

  @Test
  void tellHowLongInTheLargestUnit() {
    Map<Duration, String> lengths = Map.of(Duration.ofDays(180), "180 days",
        Duration.ofDays(1), "24 hours", Duration.ofMinutes(90), "90 minutes",
        Duration.ofSeconds(60), "one minute", Duration.ofSeconds(61), "2 minutes",
        Duration.ofSeconds(1), "one second", Duration.ofMillis(47L * 3_600_000 + 1), "47 hours");
    lengths.forEach((length, words) -> {
      Text text = Text.of("consent.lasts", "lasting", Text.duration(length));
      String shown = SignInFixture.text(fixture.pages.show("en", 200, "form_post.html",
          Map.of("action", "", "fields", List.of(), "target", text)));
      assertTrue(shown.contains("For " + words + " at most"), shown);
    });
  }
}
