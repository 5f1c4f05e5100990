package gatehouse.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.support.GatehouseServer;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Secrecy;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * RFC 6750 §5.3, RFC 9700 §4.3, for all tests that ran before this one, which is the last: of the
 * secrets that their clients and browsers have seen none stands in what was logged.
 */
@Order(Integer.MAX_VALUE)
class WholeRunSecrecyTest {
  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  @Test
  void noSecretOfTheRunStandsInItsLog() throws IOException {
    // Something to hear and to know, also where this test runs alone.
    OAuthClient client = server.newClient();
    client.refresh(client.connect(Person.ALICE));
    assertTrue(Secrecy.heard() > 500, "nothing was heard");
    assertTrue(Secrecy.known() > 10, "nothing was learned");
    assertEquals(List.of(), Secrecy.leaks());
  }

  /** The instrument itself: it would notice. */
  @Test
  void aSecretInALineIsFound() throws IOException {
    String marker = "wholly-invented-" + System.nanoTime();
    Secrecy.learn("the-beginning-" + marker);
    assertEquals(List.of(), Secrecy.leaks());
    System.getLogger("gatehouse.test").log(System.Logger.Level.DEBUG, "see " + marker);
    List<String> leaks = Secrecy.leaks();
    assertEquals(1, leaks.size(), leaks.toString());
    assertTrue(leaks.get(0).contains(marker));
    Secrecy.forget("the-beginning-" + marker);
  }
}
