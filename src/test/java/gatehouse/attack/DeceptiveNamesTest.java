package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7591 §5: a client calls itself what it likes, to be taken for another one, or for us. */
class DeceptiveNamesTest {
  private static final int LONGEST = 80;
  private static final Pattern NAME =
      Pattern.compile("<strong class=\"name\">([^<]*)</strong>\\s*<span class=\"tag");

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static Page consent(String name, String redirectUri) {
    Page page = OAuthClient.discover(server.mcpUrl()).register(new JsonObject()
        .add("client_name", name)
        .add("redirect_uris", new JsonArray().add(redirectUri))
        .add("token_endpoint_auth_method", "none"))
        .attempt("account:read").with("redirect_uri", redirectUri).in(new Browser())
        .signIn(Person.ALICE);
    assertTrue(page.asksForConsent());
    return page;
  }

  private static String shown(Page page) {
    Matcher name = NAME.matcher(page.answer().body());
    assertTrue(name.find(), page.answer().body());
    return name.group(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Claude \u2713 verified", "Claude \u2705", "\ud83d\udd12 Claude",
    "Cla\u200bude", "\u202eedualC", "Claude\u2066\u2069", "Claude\u3164", "Claude\n\n\nAllow",
    "C\u0351\u036b\u0343\u036a\u0302\u036bl", "\u00a0\u2003Claude", "Claude\ufeff\u00ad"})
  void noSignAndNoInvisibleLetterIsShown(String name) {
    Page page = consent(name, OAuthClient.REDIRECT_URI);
    assertFalse(page.answer().body().codePoints().anyMatch(c -> c == 0x3164
        || Character.getType(c) == Character.FORMAT
        || Character.getType(c) == Character.OTHER_SYMBOL), shown(page));
    assertTrue(page.answer().body().contains(">not verified</span>"));
    assertEquals(shown(page).strip(), shown(page));
  }

  @Test
  void aLongNameEndsWithAnEllipsis() {
    String name = shown(consent("long".repeat(1_000), OAuthClient.REDIRECT_URI));
    assertEquals(LONGEST, name.length());
    assertTrue(name.endsWith("…"));
  }

  @Test
  void aNameOfNothingIsTheClientsId() {
    String name = shown(consent("\u200b\u3164", OAuthClient.REDIRECT_URI));
    assertTrue(name.length() > 20, name);
  }

  @Test
  void lettersOfSeveralAlphabetsArePointedOut() {
    assertTrue(consent("Cl\u0430ude", OAuthClient.REDIRECT_URI).answer().body()
        .contains("mixes letters of several alphabets"));
    assertFalse(consent("Claude", OAuthClient.REDIRECT_URI).answer().body()
        .contains("mixes letters of several alphabets"));
  }

  @Test
  void ourOwnNameIsNoProof() {
    Page page = consent("Gatehouse", "https://evil.example/cb");
    assertTrue(page.answer().body().contains(">not verified</span>"));
    assertTrue(page.answer().body().contains("Nobody has checked the name."));
    assertTrue(page.answer().body().contains("<strong class=\"name\">evil.example</strong>"));
  }
}
