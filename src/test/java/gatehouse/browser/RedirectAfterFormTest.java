package gatehouse.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.login.UpstreamProvider;
import gatehouse.support.Attempt;
import gatehouse.support.Chromium;
import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.WebHost;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Forms whose answer leads to another site, in some steps: Chromium applies {@code form-action} to
 * each of them, and where it forbids one, nothing happens at all.
 */
class RedirectAfterFormTest {
  @RegisterExtension
  static final Chromium chromium = new Chromium();

  private static WebHost other;

  @RegisterExtension
  final GatehouseServer server = GatehouseServer.with(builder -> builder.demo()
      .policy(policy -> policy.silentForAnyClient(true))
      .upstream(UpstreamProvider.of("other", "Other", other.url(""), "gate", "secret",
          UpstreamProvider.Unknown.REFUSE))
      .client(new JsonObject().add("client_id", "site")
          .add("redirect_uris", new JsonArray().add(other.url("/there")))
          .add("post_logout_redirect_uris", new JsonArray().add(other.url("/there")))));

  @BeforeAll
  static void openTheOtherSite() throws IOException {
    other = new WebHost();
    for (String path : List.of("/there", "/callback")) {
      other.serve(path, 200, "<!doctype html><link rel=icon href=data:,><title>There</title>"
          + "Arrived.", "Content-Type", "text/html");
    }
    other.serve("/.well-known/openid-configuration", new JsonObject()
        .add("issuer", other.url("")).add("authorization_endpoint", other.url("/there"))
        .add("token_endpoint", other.url("/token")).add("jwks_uri", other.url("/jwks")).toString());
  }

  @AfterAll
  static void closeTheOtherSite() {
    other.close();
  }

  @Test
  void whoHasAgreedBeforeSignsInAndIsBackAtTheApplication() {
    OAuthClient client = server.newClient();
    Attempt attempt = client.attempt("account:read").with("redirect_uri", other.url("/callback"));
    chromium.open(attempt.url()).signIn(Person.ALICE).awaitButton("Deny").press("Allow")
        .awaitText("Arrived.");
    chromium.reset();
    chromium.open(attempt.url()).signIn(Person.ALICE).awaitText("Arrived.");
    assertEquals(List.of(), chromium.complaints());
  }

  @Test
  void whoSignsOutIsBackAtTheApplication() {
    chromium.open(server.url("/account")).signIn(Person.ALICE).awaitText("Your account");
    chromium.open(server.url("/logout?client_id=site&post_logout_redirect_uri="
        + other.url("/there"))).press("Sign out").awaitText("Arrived.");
    assertEquals(List.of(), chromium.complaints());
  }

  @Test
  void whoConnectsAnAccountElsewhereGetsThere() {
    chromium.open(server.url("/account")).signIn(Person.ALICE).awaitText("Your account")
        .press("Connect").awaitText("Arrived.");
    assertEquals(List.of(), chromium.complaints());
  }
}
