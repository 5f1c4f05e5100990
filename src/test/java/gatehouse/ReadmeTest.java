package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.mcp.Tool;
import gatehouse.mcp.ToolResult;
import gatehouse.oauth.Scope;
import gatehouse.support.Http;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what there is: its code runs here, its table is the program's own. */
class ReadmeTest {
  private static final String README = read(Path.of("README.md"));
  private static final List<String> API_PACKAGES = List.of("gatehouse.", "gatehouse.mcp.",
      "gatehouse.login.", "gatehouse.oauth.", "gatehouse.oauth.client.", "gatehouse.guard.",
      "gatehouse.jose.", "gatehouse.json.", "gatehouse.http.");

  @Test
  void everyBlockOfJavaAlsoStandsInATest() throws IOException {
    List<String> blocks = blocks("java");
    assertFalse(blocks.isEmpty());
    StringBuilder tests = new StringBuilder();
    try (var files = Files.walk(Path.of("src", "test", "java"))) {
      files.filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> tests.append(squeezed(read(file))).append('\n'));
    }
    for (String block : blocks) {
      assertTrue(tests.indexOf(squeezed(block)) >= 0, "stands in no test:\n" + block);
    }
  }

  @Test
  void theFirstExampleIsShortAndNeedsNothingElse() {
    List<String> lines = blocks("java").get(0).strip().lines().toList();
    assertTrue(lines.size() <= 15, lines.size() + " lines");
    for (String line : lines) {
      boolean known = line.startsWith("import gatehouse.") || line.startsWith("import org.junit.")
          || line.startsWith("import io.modelcontextprotocol.client.");
      assertTrue(known || !line.startsWith("import "), line);
    }
  }

  @Test
  void whatStaysIsThereAndPublic() {
    String section = README.substring(
        README.indexOf("### What stays"), README.indexOf("Everything else is internal"));
    Matcher names = Pattern.compile("`(?:(?:[a-z]+\\.)*)([A-Z]\\w+)`").matcher(section);
    int found = 0;
    while (names.find()) {
      found++;
      assertTrue(API_PACKAGES.stream().anyMatch(in -> isPublic(in + names.group(1))),
          names.group(1));
    }
    assertTrue(found > 20, "found only " + found);
  }

  private static boolean isPublic(String type) {
    try {
      return Modifier.isPublic(Class.forName(type).getModifiers());
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Test
  void theEmbeddingSnippetRuns() {
    Tool hello = Tool.named("hello").title("Hello")
        .description("Says hello to whoever is signed in.")
        .scopes("greetings")
        .handler(call -> ToolResult.text("Hello, " + call.access().subject() + "!"))
        .build();
    try (Gatehouse gatehouse = Gatehouse.builder()
        .port(0)
        .user("carol", "tea-at-five")
        .scope(Scope.base("greetings", "Greet you", "Say hello to you by name."))
        .tool(hello)
        .start()) {
      System.out.println(gatehouse.mcpUrl());
    }
  }

  @Test
  void theSnippetWithAnotherAuthorizationServerRuns() {
    try (Gatehouse gatehouse = Gatehouse.builder().port(0).demoTools()
        .authorizationServers("https://login.example/realms/staff").start()) {
      System.out.println(gatehouse.mcpUrl());
    }
  }

  @Test
  void theTableOfFlagsIsTheProgramsOwn() {
    assertTrue(README.contains(Options.markdown()), () -> "should be:\n" + Options.markdown());
  }

  @Test
  void theSampleConfigurationStartsAServer(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("config.json");
    String sample = blocks("json").stream().filter(block -> block.contains("\"users\""))
        .findFirst().orElseThrow();
    Files.writeString(file, sample);
    Gatehouse.Builder builder = Options.parse(
        new String[] {"--config", file.toString(), "--port", "0"}, Map.of());
    // The sample names a public address, which this test has not got.
    builder.publicUrl(null).host("127.0.0.1");
    try (Gatehouse gatehouse = builder.start()) {
      assertEquals(200, Http.get(gatehouse.issuer() + "/jwks").status());
    }
  }

  private static List<String> blocks(String language) {
    List<String> blocks = new ArrayList<>();
    String open = "```" + language + "\n";
    for (int at = README.indexOf(open); at >= 0; at = README.indexOf(open, at + 1)) {
      blocks.add(README.substring(at + open.length(), README.indexOf("```", at + open.length())));
    }
    return blocks;
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", " ").trim();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }
}
