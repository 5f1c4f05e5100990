package gatehouse.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.Gatehouse;
import gatehouse.support.Answer;
import gatehouse.support.Browser;
import gatehouse.support.GatehouseServer;
import gatehouse.support.Http;
import gatehouse.support.LogLines;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.RawSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What people read when something went wrong, and what whoever runs the server can find then. */
@DisplayName("Errors for people")
class ErrorPagesTest {
  private static final Pattern REFERENCE = Pattern.compile("<code>([0-9a-f]{6,})</code>");

  @RegisterExtension
  static final GatehouseServer server = GatehouseServer.with(b -> b.demo().intercept(
      (request, handler) -> {
        if (request.path().equals("/health")) {
          throw new IllegalStateException("secret detail of a bug");
        }
        return handler.handle(request);
      }));

  private static String reference(String page) {
    Matcher reference = REFERENCE.matcher(page);
    assertTrue(reference.find(), page);
    return reference.group(1);
  }

  private static Answer page(String method, String path, String body, String... more) {
    List<String> headers = new ArrayList<>(List.of("Accept", "text/html"));
    headers.addAll(List.of(more));
    return Http.send(method, server.url(path), body, headers.toArray(String[]::new));
  }

  /** What happened, why, what to do, and a reference that is in the log as well. */
  private static void tells(int status, Answer answer, LogLines log, String... texts) {
    answer.expect(status);
    String page = answer.body();
    for (String part : List.of("<h1>", ">Why</h2>", ">What you can do</h2>")) {
      assertTrue(page.contains(part), page);
    }
    for (String text : texts) {
      assertTrue(page.contains(text), text + " is not in " + page);
    }
    assertFalse(log.with(reference(page)).isEmpty(), "the reference is not in the log");
  }

  @Test
  @DisplayName("404, 405, 415, 421 and 500, with a reference that is in the log")
  void byStatus() throws IOException {
    try (LogLines log = new LogLines()) {
      tells(404, page("GET", "/nothing", null), log, "There is nothing here");
      tells(405, page("GET", "/token", null), log, "This address is not for browsers");
      tells(415, page("POST", "/login", "x"), log, "That did not work",
          "The body must be application/x-www-form-urlencoded.");
      Answer bug = page("GET", "/health", null);
      tells(500, bug, log, "Something went wrong", "The fault is with this server");
      assertFalse(bug.body().contains("secret detail"), bug.body());
      assertTrue(log.with(reference(bug.body())).stream()
          .anyMatch(line -> line.contains("secret detail of a bug")));
    }
  }

  @Test
  @DisplayName("421: a page that leads nowhere, since it is at somebody else's name")
  void foreignName() throws IOException {
    try (LogLines log = new LogLines(); RawSocket socket = RawSocket.to(server.port())) {
      socket.send("GET / HTTP/1.1\r\nHost: evil.example\r\nAccept: text/html\r\n"
          + "Connection: close\r\n\r\n");
      String answer = socket.readAll();
      assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
      assertTrue(answer.contains("Wrong name for this server"), answer);
      assertFalse(answer.contains(server.issuer()), answer);
      assertFalse(log.with(reference(answer)).isEmpty());
    }
  }

  @Test
  @DisplayName("429: too many attempts, and when to try again")
  void tooMany() {
    try (Gatehouse own = Gatehouse.builder().port(0).demo().start()) {
      Answer last = null;
      for (int i = 0; i < 30 && (last == null || last.status() != 429); i++) {
        last = new Browser().open(own.issuer() + "/login").fill("username", "bob")
            .fill("password", "wrong" + i).press("Sign in").answer();
      }
      last.expect(429);
      assertTrue(Integer.parseInt(last.header("Retry-After")) > 0);
      assertTrue(last.body().contains("too many attempts"), last.body());
    }
  }

  @Test
  @DisplayName("An unknown application: whose fault it is, and to remove and add the connection")
  void unknownApplication() {
    try (LogLines log = new LogLines()) {
      Answer answer = server.newClient().attempt().with("client_id", "gone").in(new Browser())
          .answer();
      tells(400, answer, log, "This application is not known here",
          "restarted or the registration has expired", "<li>Remove this server.</li>",
          "<li>Add it again, with the same address.",
          "<p class=\"detail\" lang=\"en\">This application is not registered here.</p>");
    }
  }

  @Test
  @DisplayName("A link that cannot be used: what its developer has to know")
  void badLink() {
    try (LogLines log = new LogLines()) {
      tells(400, server.newClient().attempt().with("redirect_uri", "https://evil.example/")
          .in(new Browser()).answer(), log, "This link cannot be used",
          "not one that this application has registered");
    }
  }

  @Test
  @DisplayName("In the reader's language; what is for developers in English, and marked so")
  void german() {
    String page = server.newClient().attempt().with("client_id", "gone").with("ui_locales", "de")
        .in(new Browser()).answer().body();
    assertTrue(page.contains("Diese Anwendung ist hier nicht bekannt"), page);
    assertTrue(page.contains("<li>Entfernen Sie diesen Server.</li>"), page);
    assertTrue(page.contains(
        "<p class=\"detail\" lang=\"en\">This application is not registered here.</p>"), page);
  }

  @Test
  @DisplayName("Programs get JSON, and no page")
  void programs() {
    assertEquals("application/json", Http.get(server.url("/nothing")).expect(404)
        .header("Content-Type"));
  }

  @Test
  @DisplayName("No line of the log can be forged by a path")
  void forgedLines() {
    try (LogLines log = new LogLines()) {
      page("GET", "/nothing%0aERROR%20forged", null).expect(404);
      page("GET", "/health%0aERROR%20forged", null).expect(404);
      log.with("forged").forEach(line ->
          assertFalse(line.contains("\nERROR forged"), line));
      assertFalse(log.with("forged").isEmpty());
    }
  }

  @Test
  @DisplayName("--templates: what can only be seen at first use is a page with a reference then")
  void brokenPage(@TempDir Path folder) throws IOException {
    // A name that consent.html has, but only inside of a list.
    Files.writeString(folder.resolve("consent.html"), "{{>head.html}}\n<p>\n{{tool}}</p>");
    try (LogLines log = new LogLines();
        Gatehouse own = Gatehouse.builder().port(0).demo().templates(folder).start()) {
      Answer answer = OAuthClient.discover(own.mcpUrl()).register().attempt().in(new Browser())
          .signIn(Person.ALICE).answer();
      tells(500, answer, log, "The fault is with this server");
      assertTrue(log.with(reference(answer.body())).stream()
          .anyMatch(line -> line.contains("consent.html:3: ")), "" + log.with("consent.html"));
    }
  }
}
