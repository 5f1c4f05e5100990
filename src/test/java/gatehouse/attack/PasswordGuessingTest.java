package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gatehouse.login.User;
import gatehouse.support.GatehouseServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * RFC 6749 §10.10: passwords are guessed from many addresses at once, at names that exist and names
 * that do not. {@link PasswordGuessing} does it with ten thousand and looks at the time.
 */
class PasswordGuessingTest {
  /** "password", as cheap as it gets: here it is the counting that matters. */
  private static final String CHEAP =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
  private static final Pattern RETRY_AFTER = Pattern.compile("(?mi)^Retry-After: (\\d+)");

  @RegisterExtension
  final GatehouseServer server = GatehouseServer.with(b -> b.demoTools()
      .user(new User("alice", "Alice", null, CHEAP), null)
      .user(new User("bob", "Bob", null, CHEAP), null));

  private Visitor atHome;

  @BeforeAll
  static void needsManyAddresses() throws IOException {
    boolean many;
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByName(Visitor.address(1_000)))) {
      many = socket.isBound();
    } catch (IOException e) {
      many = false;
    }
    assumeTrue(many, "127.0.0.0/8 has but one address on this computer");
  }

  @BeforeEach
  void aliceHasSignedInAtHome() throws IOException {
    atHome = new Visitor(server.port(), "127.0.0.2");
    assertEquals(303, atHome.attempt("alice", "password"));
  }

  /** From each address a few wrong passwords for every name; the statuses, by name. */
  private Map<String, List<Integer>> attack(int addresses, int each, String... names)
      throws IOException {
    Map<String, List<Integer>> statuses = new HashMap<>();
    for (int i = 0; i < addresses; i++) {
      Visitor attacker = new Visitor(server.port(), Visitor.address(i));
      for (String name : names) {
        for (int k = 0; k < each; k++) {
          statuses.computeIfAbsent(name, key -> new ArrayList<>())
              .add(attacker.attempt(name, "guess " + k));
        }
      }
    }
    return statuses;
  }

  @Test
  void whileTheWorldGuessesTheOwnerSignsInWhereTheyDidBeforeAndOthersAnywhere()
      throws IOException {
    List<Integer> statuses = attack(52, 5, "alice").get("alice");
    assertEquals(429, statuses.get(statuses.size() - 1), "260 guesses in no time");
    assertTrue(statuses.lastIndexOf(401) >= 200, "a few networks do not use up everything");
    assertEquals(303, atHome.attempt("alice", "password"));
    assertEquals(303, new Visitor(server.port(), "127.0.0.3").attempt("bob", "password"));
  }

  @Test
  void whenItIsOverTheOwnerGetsInFromEverywhere() throws IOException {
    attack(52, 5, "alice");
    Visitor elsewhere = new Visitor(server.port(), "127.0.0.3");
    String refused = elsewhere.signIn("alice", "password");
    Matcher seconds = RETRY_AFTER.matcher(refused);
    assertTrue(refused.startsWith("HTTP/1.1 429") && seconds.find(), refused);
    server.clock().advanceSeconds(Long.parseLong(seconds.group(1)));
    assertEquals(303, elsewhere.attempt("alice", "password"));
  }

  @Test
  void oneNetworkDoesNotUseUpWhatAllOthersHave() throws IOException {
    List<Integer> statuses = attack(1, 20, "alice").get("alice");
    assertEquals(10, statuses.lastIndexOf(401) + 1);
    assertEquals(303, new Visitor(server.port(), "127.0.0.3").attempt("alice", "password"));
  }

  @Test
  void namesNobodyHasGetTheSameAnswers() throws IOException {
    Map<String, List<Integer>> statuses = attack(52, 5, "bob", "nobody");
    assertEquals(statuses.get("bob"), statuses.get("nobody"));
  }

  /** The browser is known for Alice; at Bob it is a stranger like any other. */
  @Test
  void aKnownBrowserIsKnownForItsOwnPeopleAlone() throws IOException {
    attack(52, 5, "bob");
    assertEquals(429, atHome.attempt("bob", "password"));
  }

  @Test
  void aStolenBrowserIsSlowedDownAsWell() throws IOException {
    int status = 401;
    int guesses = 0;
    while (status == 401 && guesses++ < 100) {
      status = atHome.attempt("alice", "guess " + guesses);
    }
    assertEquals(429, status);
    assertTrue(guesses > 10, "a person mistypes");
    assertEquals(303, new Visitor(server.port(), "127.0.0.3").attempt("alice", "password"));
  }
}
