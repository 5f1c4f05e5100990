package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import gatehouse.support.Http;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The examples in the Javadoc of this package, line by line, as code that runs. */
@DisplayName("Examples in the Javadoc")
class JavadocTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\n(.*?)\n \\* \\}</pre>", Pattern.DOTALL);

  @Test
  void all_stand_in_this_file() throws IOException {
    List<String> here = lines(Files.readString(
        Path.of("src", "test", "java", "gatehouse", "junit", "JavadocTest.java")));
    List<String> missing = new ArrayList<>();
    int examples = 0;
    try (Stream<Path> files = Files.list(Path.of("src", "main", "java", "gatehouse", "junit"))) {
      for (Path file : files.filter(f -> !f.endsWith("package-info.java")).toList()) {
        Matcher matcher = EXAMPLE.matcher(Files.readString(file));
        while (matcher.find()) {
          examples++;
          lines(matcher.group(1).replaceAll("(?m)^ \\* ?", "")).stream()
              .filter(line -> !here.contains(line))
              .forEach(line -> missing.add(file.getFileName() + ": " + line));
        }
      }
    }
    assertTrue(examples >= 8, "found only " + examples);
    assertEquals(List.of(), missing);
  }

  @Test
  void of_TestGatehouse() {
    try (TestGatehouse gatehouse = TestGatehouse.start()) {
      String token = gatehouse.token("alice", "account:read");
      assertEquals(200, call(gatehouse.mcpUrl(), token));
    }
  }

  @Test
  void of_PendingApproval_and_Requests(@GatehouseTest TestGatehouse gatehouse) {
    OAuthClient client = OAuthClient.discover(gatehouse.mcpUrl()).register();
    var attempt = client.attempt();
    String authorizationUrl = attempt.url();
    URI redirect = gatehouse.approve(authorizationUrl).as("alice").granting("account:read");
    client.exchange(attempt, redirect.getQuery().replaceAll(".*code=([^&]*).*", "$1")).expect(200);

    assertEquals(1, gatehouse.requests().to("/token").size());
    assertEquals("S256", gatehouse.requests().to("/authorize").first()
        .parameter("code_challenge_method"));
  }

  @Test
  void of_TokenOrder(@GatehouseTest TestGatehouse gatehouse) {
    String token = gatehouse.tokenFor("alice").scopes("account:read", "account:write")
        .audience("https://api.example/orders").lifetime(Duration.ofMinutes(5))
        .claim("tenant", "wonderland").issue();
    assertEquals("wonderland", Tokens.part(token, 1).getString("tenant", null));
  }

  @Test
  void of_Misfortune(@GatehouseTest TestGatehouse gatehouse) {
    gatehouse.on("/token").status(503);                       // the next one
    gatehouse.on("/token").skip(1).times(2).hangUp();         // the second and the third
    gatehouse.on("/mcp").always().delay(Duration.ofMillis(50));
    Http.send("POST", gatehouse.url("/token"), "").expect(503);
    long begun = System.nanoTime();
    assertEquals(200, call(gatehouse.mcpUrl(), gatehouse.token("alice")));
    assertTrue(System.nanoTime() - begun >= 50_000_000);
  }

  @Nested
  @GatehouseTest
  @DisplayName("of Flaw")
  class OfFlaw {
    @ParameterizedTest
    @EnumSource(Flaw.class)
    void refuses(Flaw flaw, TestGatehouse gatehouse) {
      String token = gatehouse.tokenFor("alice").flawed(flaw).issue();
      assertEquals(401, call(gatehouse.mcpUrl(), token));
    }
  }

  @Nested
  @DisplayName("of GatehouseTest")
  @GatehouseTest
  class ClientTest {
    @Test
    void lists_tools(TestGatehouse gatehouse) {
      assertEquals(5, new MyClient(gatehouse.mcpUrl(), gatehouse.token("alice")).tools().size());
    }
  }

  @Nested
  @DisplayName("of GatehouseExtension")
  class OfGatehouseExtension {
    @RegisterExtension
    static final GatehouseExtension extension = GatehouseExtension.of(TestGatehouse.builder()
        .server(server -> server.audience("https://api.example/orders")).users("carol"));

    @Test
    void is_for_carol(TestGatehouse gatehouse) {
      String token = gatehouse.tokenFor("carol").audience("https://api.example/orders").issue();
      assertFalse(token.isEmpty());
    }
  }

  /** What the examples call the client under test. */
  private record MyClient(String url, String token) {
    JsonArray tools() {
      return McpClient.of(McpClient.NEWEST, url).bearing(token).listTools().result()
          .get("tools").asArray();
    }
  }

  private static int call(String url, String token) {
    return McpClient.of(McpClient.NEWEST, url).bearing(token).listTools().status();
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
