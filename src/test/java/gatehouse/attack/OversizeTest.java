package gatehouse.attack;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.RawSocket;
import gatehouse.support.Tokens;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are too long, too many or too slow, until nobody else gets an answer. */
class OversizeTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.demo();

  private static final Browser ALICE = new Browser();

  @AfterEach
  void everybodyElseIsStillAnswered() {
    Http.get(server.url("/jwks")).expect(200);
  }

  /** Only the head is sent: a body that nobody reads would tear the answer down with it. */
  private static void tooLong(String path, String type, int length, String... more)
      throws IOException {
    List<String> head = new ArrayList<>(List.of("POST " + path + " HTTP/1.1", "Host: localhost",
        "Content-Type: " + type, "Content-Length: " + length));
    head.addAll(List.of(more));
    try (RawSocket socket = RawSocket.to(server.port())) {
      String answer = socket.sendHead(head.toArray(String[]::new)).readAnswer();
      assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
      assertTrue(answer.toLowerCase(Locale.ROOT).contains("connection: close"), answer);
    }
  }

  @ParameterizedTest
  @CsvSource({"/token," + FORM, "/revoke," + FORM, "/par," + FORM, "/login," + FORM,
    "/consent," + FORM, "/authorize," + FORM, "/register,application/json"})
  void aBodyBeyondItsBoundIsRefused(String path, String type) throws IOException {
    tooLong(path, type, 64 * 1024 + 1);
  }

  @Test
  void aToolCallMayBeLongerAndHasABoundToo() throws IOException {
    OAuthClient client = server.newClient();
    Tokens tokens = client.connect(Person.ALICE, ALICE);
    assertEquals("acct-1001", server.mcp(tokens)
        .request("tools/call", new JsonObject().add("name", "get_account")
            .add("unknown", "x".repeat(1 << 20)))
        .structured().getString("id", null));
    tooLong("/mcp", "application/json", (4 << 20) + 1,
        "Authorization: Bearer " + tokens.access());
  }

  @Test
  void aBodyOfUnknownLengthIsBoundedAsWell() throws IOException {
    try (RawSocket socket = RawSocket.to(server.port())) {
      socket.sendHead("POST /token HTTP/1.1", "Host: localhost", "Content-Type: " + FORM,
          "Transfer-Encoding: chunked");
      for (int i = 0; i < 16; i++) {
        socket.send("1000\r\n" + "x".repeat(0x1000) + "\r\n");
      }
      String answer = socket.send("1\r\nx\r\n0\r\n\r\n").readAnswer();
      assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "99999999999999999999", "x", "1e3"})
  void aLengthThatIsNoneIsRefused(String length) throws IOException {
    try (RawSocket socket = RawSocket.to(server.port())) {
      String answer = socket.sendHead("POST /token HTTP/1.1", "Host: localhost",
          "Content-Type: " + FORM, "Content-Length: " + length).readAnswer();
      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
    }
  }

  @Test
  void aTargetBeyondItsBoundIsRefused() {
    assertEquals(414, Http.get(server.url("/authorize?state=" + "x".repeat(17_000))).status());
  }

  @Test
  void headersBeyondTheirBoundAreRefused() throws IOException {
    for (String head : List.of("X: " + "x".repeat(40_000),
        IntStream.range(0, 200).mapToObj(i -> "X" + i + ": x").collect(joining("\r\n")))) {
      try (RawSocket socket = RawSocket.to(server.port())) {
        String answer = socket.sendHead("GET /jwks HTTP/1.1", "Host: localhost", head)
            .readAnswer();
        assertFalse(answer.startsWith("HTTP/1.1 2"), answer);
      } catch (SocketException e) {
        // The JDK's server hangs up on such a head, with or without a word.
        assertEquals("Connection reset", e.getMessage());
      }
    }
  }

  @Test
  void jsonThatCostsMoreThanItSaysIsRefused() {
    for (String json : List.of("[".repeat(60_000), "{\"a\":".repeat(10_000),
        "{\"redirect_uris\":[" + "[],".repeat(20_000) + "1]}",
        "{\"n\":" + "9".repeat(60_000) + "}", "{\"n\":1e999999999}")) {
      Http.send("POST", server.url("/register"), json, "Content-Type", "application/json")
          .expect(400);
    }
  }

  @Test
  void moreParametersThanAnybodySendsAreRefused() {
    Http.send("POST", server.url("/token"), "a=1&".repeat(300), "Content-Type", FORM).expect(400);
    Http.get(server.url("/authorize?" + "a=1&".repeat(300))).expect(400);
  }

  @Test
  void aTokenLongerThanAnyTokenIsRefused() {
    Http.send("POST", server.mcpUrl(), "{}", "Content-Type", "application/json",
        "Authorization", "Bearer " + "a".repeat(20_000)).expect(401);
    Http.send("POST", server.mcpUrl(), "{}", "Content-Type", "application/json",
        "Authorization", "Bearer a." + "a".repeat(20_000) + ".a").expect(401);
  }

  @Test
  void whoDripsBytesHoldsNobodyElseUp() throws IOException {
    List<RawSocket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        slow.add(RawSocket.to(server.port()).sendHead("POST /token HTTP/1.1", "Host: localhost",
            "Content-Type: " + FORM, "Content-Length: 1000").send("a"));
        slow.add(RawSocket.to(server.port()).send("GET /jwks HT"));
      }
      for (int i = 0; i < 5; i++) {
        Http.get(server.url("/jwks")).expect(200);
      }
      slow.get(1).send("TP/1.1\r\nHost: localhost\r\n\r\n");
      assertTrue(slow.get(1).readAnswer().startsWith("HTTP/1.1 200 "));
    } finally {
      for (RawSocket socket : slow) {
        socket.close();
      }
    }
  }
}
