package gatehouse.attack;

import static gatehouse.spec.Refusals.keptHere;
import static gatehouse.spec.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.sun.net.httpserver.HttpHandler;
import gatehouse.spec.ClientKey;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Page;
import gatehouse.support.Person;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host of a client's document answers what it likes, and when (AS-106 … AS-119). */
@DisplayName("A hostile host of client documents")
class HostileDocumentHostTest {
  private static final String CALLBACK = "https://app.example/cb";
  private static final ClientKey KEY = ClientKey.es256("k");

  @RegisterExtension
  final GatehouseServer server = GatehouseServer.with(b -> b.demo().fetch(internet().door()));

  private FakeInternet internet;
  private final CountDownLatch end = new CountDownLatch(1);

  private FakeInternet internet() {
    try {
      internet = new FakeInternet();
      return internet;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void serve() {
    internet.serve("/ok", document("/c").toString());
  }

  @AfterEach
  void close() throws IOException {
    end.countDown();
    internet.close();
  }

  private static JsonObject document(String path) {
    return new JsonObject().add("client_id", "https://good.example" + path)
        .add("client_name", "Good").add("redirect_uris", new JsonArray().add(CALLBACK));
  }

  private Page authorize(String clientId) {
    return OAuthClient.discover(server.mcpUrl()).known(clientId, null)
        .attempt("account:read").with("redirect_uri", CALLBACK).in(new Browser());
  }

  /** Refused, and never connected anywhere but to the public address. */
  private void refusedSafely() {
    keptHere(authorize("https://good.example/c"));
    internet.connected().forEach(address -> assertTrue(address.startsWith("8.8."), address));
  }

  @Nested
  @DisplayName("redirects")
  class Redirects {
    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1/", "https://localhost/", "//[::1]/",
      "https://10.0.0.1/", "https://169.254.169.254/latest/meta-data", "https://inside.example/",
      "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::a00:1]/", "https://2130706433/",
      "http://good.example/ok", "https://user@good.example/ok", "file:///etc/passwd", "https:///",
      "https://good.example:99999/ok", "http://[", "::::", "%zz", "https://good.example/a b",
      "https://nowhere.example/ok"})
    void to_where_the_first_address_would_have_been_refused(String location) {
      internet.name("inside.example", "192.168.0.1").serve("/c", 302, "", "Location", location);
      refusedSafely();
      assertEquals(1, internet.connected().size());
    }

    @Test
    void a_second_time() {
      internet.serve("/c", 302, "", "Location", "/again")
          .serve("/again", 302, "", "Location", "/ok");
      refusedSafely();
      assertEquals(2, internet.connected().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://good.example/ok", "/ok", "ok"})
    void once_to_a_public_address_which_is_allowed(String location) {
      internet.serve("/c", 302, "", "Location", location);
      assertTrue(authorize("https://good.example/c").asksToSignIn());
    }
  }

  @Nested
  @DisplayName("takes its time")
  class Time {
    /** Sends a byte now and then, and never the last one. */
    private HttpHandler drip() {
      return exchange -> {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try {
          while (!end.await(100, TimeUnit.MILLISECONDS)) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      };
    }

    @Test
    void and_is_left_after_five_seconds() {
      internet.serve("/c", drip());
      assertTimeoutPreemptively(Duration.ofSeconds(9), HostileDocumentHostTest.this::refusedSafely);
    }

    @Test
    void to_say_its_address_and_is_left_after_five_seconds_as_well() {
      internet.name("slow.example");
      assertTimeoutPreemptively(Duration.ofSeconds(9),
          () -> keptHere(authorize("https://slow.example/c")));
    }

    @Test
    void and_holds_up_nobody_who_wants_another_document() {
      internet.serve("/mine", document("/mine").toString());
      assertTrue(authorize("https://good.example/mine").asksToSignIn());
      CountDownLatch reached = new CountDownLatch(1);
      internet.serve("/slow", exchange -> {
        reached.countDown();
        drip().handle(exchange);
      });
      String slow = collidingWith("https://good.example/mine");
      CompletableFuture<?> attack = CompletableFuture.runAsync(() -> authorize(slow));
      assertTimeoutPreemptively(Duration.ofSeconds(3), () -> {
        reached.await();
        assertTrue(authorize("https://good.example/mine").asksToSignIn());
      });
      end.countDown();
      attack.join();
    }

    /** Addresses of the attacker's whose hash is that of the victim's, modulo any power of two. */
    private String collidingWith(String victim) {
      int wanted = victim.hashCode();
      for (int i = 0; ; i++) {
        String id = "https://good.example/slow?" + i;
        if (((id.hashCode() ^ wanted) & 0xfff) == 0) {
          return id;
        }
      }
    }
  }

  @Nested
  @DisplayName("is asked")
  class Budget {
    @Test
    void no_more_than_sixty_times_a_minute_whatever_its_documents() {
      for (int i = 0; i < 100; i++) {
        Http.get(server.url("/authorize?client_id=https://good.example/no" + i)).expect(400);
      }
      assertTrue(internet.asked().size() <= 60, "" + internet.asked().size());
      server.clock().advanceSeconds(60);
      internet.serve("/c", document("/c").toString());
      assertTrue(authorize("https://good.example/c").asksToSignIn());
    }

    @Test
    @DisplayName("AS-116: nor may one caller make us ask hundreds of hosts in a moment")
    void byCaller() {
      for (int i = 0; i < 400; i++) {
        Http.get(server.url("/authorize?client_id=https://h" + i + ".example/c")).expect(400);
      }
      assertTrue(internet.resolved().size() < 400, "" + internet.resolved().size());
    }

    @Test
    void again_soon_after_a_failure_but_not_at_once() {
      refusedSafely();
      refusedSafely();
      assertEquals(1, internet.asked().size());
      internet.serve("/c", document("/c").toString());
      server.clock().advanceSeconds(6);
      assertTrue(authorize("https://good.example/c").asksToSignIn());
    }
  }

  @Nested
  @DisplayName("names")
  class Urls {
    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1/jwks", "https://[::1]/jwks", "https://10.0.0.1/j",
      "https://localhost/jwks", "file:///etc/passwd", "https://x@127.0.0.1/jwks",
      "https://good.example:99999/jwks", "http://good.example/jwks", "https://good.example/to10"})
    void a_key_set_inside(String jwks) {
      internet.serve("/to10", 302, "", "Location", "https://10.0.0.1/jwks").serve("/c",
          document("/c").add("jwks_uri", jwks)
              .add("token_endpoint_auth_method", "private_key_jwt").toString());
      refused(401, "invalid_client", Http.postForm(server.url("/token"), ClientKey.proving(
          KEY.assertion("https://good.example/c", server.issuer(), server.clock().instant()),
          "grant_type", "authorization_code", "code", "x")));
      internet.connected().forEach(address -> assertTrue(address.startsWith("8.8."), address));
    }

    @Test
    void pictures_and_pages_inside_which_are_neither_fetched_nor_shown() {
      String inside = "https://127.0.0.1/picture";
      internet.serve("/c", document("/c").add("logo_uri", inside).add("client_uri", inside)
          .add("tos_uri", inside).add("policy_uri", inside).toString());
      Page page = authorize("https://good.example/c").signIn(Person.ALICE);
      assertTrue(page.asksForConsent());
      assertFalse(page.answer().body().contains("127.0.0.1/picture"));
      assertEquals(1, internet.connected().size());
    }
  }
}
