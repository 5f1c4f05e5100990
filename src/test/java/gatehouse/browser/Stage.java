package gatehouse.browser;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.Configured;
import gatehouse.Gatehouse;
import gatehouse.json.Fields;
import gatehouse.login.User;
import gatehouse.oauth.client.DocumentTrust;
import gatehouse.support.Attempt;
import gatehouse.support.Chromium;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Screen;
import gatehouse.support.TestClock;
import gatehouse.support.WebHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.openqa.selenium.By;

/**
 * All that is needed to get to any page: a server that signs in with everything there is, another
 * that it trusts to do so, one that demands a second factor, and an application.
 *
 * <p>Every page says which template it was made of, so that nobody mistakes one for another.
 */
final class Stage implements AutoCloseable {
  private static final Path TEMPLATES = Path.of("templates");

  final TestClock clock = new TestClock();
  final WebHost application = new WebHost();
  final Gatehouse upstream;
  final Gatehouse server;
  final Gatehouse strict;
  private final Path templates;
  private int people;

  Stage() throws IOException {
    application.serve("/callback", 200, "<!doctype html><link rel=icon href=data:,>"
        + "<title>Done</title>You can close this window.", "Content-Type", "text/html");
    application.serve("/client.json", new JsonObject()
        .add("client_id", application.url("/client.json")).add("client_name", "Notes")
        .add("redirect_uris", new JsonArray().add("https://notes.example/callback"))
        .add("token_endpoint_auth_method", "none").toString());
    templates = marked();
    upstream = Gatehouse.builder().port(0).clock(clock).demo().start();
    UnaryOperator<Gatehouse.Builder> ways = Configured.by("""
        {"upstreams": [{"id": "example", "title": "Example", "issuer": "%s",
          "client-id": "gate", "client-secret": "between us", "unknown": "create"}]}"""
        .formatted(upstream.issuer()));
    server = ways.apply(Gatehouse.builder().port(0).clock(clock).demo().templates(templates)
        .documentTrust(new DocumentTrust(
            DocumentTrust.Level.ANY, Set.of("127.0.0.1"), true))).start();
    upstream.clients().add(Fields.of(new JsonObject()
        .add("client_id", "gate").add("client_secret", "between us").add("client_name", "Gate")
        .add("redirect_uris", new JsonArray()
            .add(server.issuer() + "/login/upstream/example/callback"))));
    strict = Configured.by("{\"second-factor\": \"demanded\"}").apply(
        Gatehouse.builder().port(0).clock(clock).demo().templates(templates)).start();
  }

  /** The template that a page was made of. */
  static String template(Chromium chromium) {
    // In one step: between two, the next page may come.
    return (String) chromium.driver().executeScript(
        "return document.querySelector('meta[name=template]')?.content");
  }

  /** The templates there are; pieces of templates, which have no head of their own, are not. */
  static Set<String> templates() throws IOException {
    try (Stream<Path> files = Files.list(TEMPLATES)) {
      return Set.copyOf(files.filter(Stage::isPage)
          .map(file -> file.getFileName().toString()).toList());
    }
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".html") && text(file).contains("</head>");
  }

  /** Copies of the templates, with their names in them. */
  private static Path marked() throws IOException {
    Path folder = Files.createTempDirectory("templates-");
    try (Stream<Path> files = Files.list(TEMPLATES)) {
      for (Path file : files.toList()) {
        Files.writeString(folder.resolve(file.getFileName()), text(file).replace("</head>",
            "<meta name=\"template\" content=\"" + file.getFileName() + "\">\n</head>"));
      }
    }
    return folder;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Somebody new, at the server and at the strict one. */
  Person somebody(String displayName) {
    Person person = new Person("user" + ++people, "wonderland");
    User user = new User(person.name(), displayName, person.name() + "@example.com", null);
    server.users().add(user, person.password());
    strict.users().add(user, person.password());
    return person;
  }

  /** A client on this computer that has registered itself. */
  OAuthClient client() {
    return OAuthClient.discover(server.mcpUrl()).register();
  }

  /** The client that has a document about itself. */
  OAuthClient documented() {
    return OAuthClient.discover(server.mcpUrl()).known(application.url("/client.json"), null);
  }

  /** A request of a client on this computer. */
  Attempt attempt(String... scopes) {
    return client().attempt(scopes).with("redirect_uri", application.url("/callback"));
  }

  /** Gives the browser an authenticator that verifies its user and is always touched; its id. */
  static String plugInAuthenticator(Chromium chromium) {
    chromium.devTools("WebAuthn.enable", Map.of());
    return (String) chromium.devTools("WebAuthn.addVirtualAuthenticator", Map.of("options", Map.of(
        "protocol", "ctap2", "transport", "internal", "hasResidentKey", true,
        "hasUserVerification", true, "isUserVerified", true,
        "automaticPresenceSimulation", true))).get("authenticatorId");
  }

  /** Whether its owner touches the authenticator when it asks for that. */
  static void touches(Chromium chromium, String authenticator, boolean does) {
    chromium.devTools("WebAuthn.setAutomaticPresenceSimulation",
        Map.of("authenticatorId", authenticator, "enabled", does));
  }

  /** Sets up an authenticator app on its page. */
  Authenticator setUpApp(Screen screen) {
    Authenticator app = new Authenticator(screen.await(By.tagName("pre")).getText(), clock);
    screen.fill("code", app.code()).press("Set up");
    return app;
  }

  @Override
  public void close() {
    List<Runnable> ends = new ArrayList<>(
        List.of(strict::close, server::close, upstream::close, application::close));
    ends.forEach(Runnable::run);
    try (Stream<Path> files = Files.list(templates)) {
      files.forEach(file -> file.toFile().delete());
      Files.delete(templates);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
