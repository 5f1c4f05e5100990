package gatehouse.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import gatehouse.support.Browser;
import gatehouse.support.McpClient;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Secrecy;
import gatehouse.support.ServerProcess;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody with a terminal. Every test starts a JVM of its own, with what is in the jar. */
@DisplayName("The command line")
class CommandLineTest {
  private static final int SECONDS = 20;

  @TempDir
  Path folder;

  /** Of the last server that was started. */
  private int exit;

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', value = {
    "--bogus                                    | --bogus",
    "--bogus=1                                  | --bogus",
    "serve                                      | serve",
    "--prot 1                                   | --port",
    "--public_url=https://a.example             | --public-url",
    "--log-level loud                           | --log-level",
    "--log-format xml                           | --log-format",
    "--tls /nowhere.p12                         | /nowhere.p12",
    "--trust-proxy everybody                    | --trust-proxy everybody",
    "--driver x.jar                             | --driver",
    "--data jdbc:mysql://localhost/x            | PostgreSQL",
    "--port abc                                 | --port",
    "--port 70000                               | --port",
    "--port                                     | --port",
    "--port=                                    | --port",
    "--user alice                               | NAME:PASSWORD",
    "--user :secret                             | NAME:PASSWORD",
    "--host 0.0.0.0                             | --public-url",
    "--host not-an-address.invalid              | --host",
    "--public-url gatehouse.example             | --public-url",
    "--public-url http://gatehouse.example      | https",
    "--public-url http://localhost:8080/        | slash",
    "--public-url https://gatehouse.example     | --user",
    "--templates /nowhere                       | --templates /nowhere",
    "--open=perhaps                             | --open",
    "--config /nowhere/gatehouse.json           | /nowhere/gatehouse.json"})
  @DisplayName("refuses with one line that says why, and exit code 2")
  void refuses(String arguments, String named) throws Exception {
    refused(named, ("--port=0 " + arguments).split(" "));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
    "{                                          | JSON",
    "[]                                         | object",
    "{'nonsense':1}                             | nonsense",
    "{'port':1,'port':2}                        | twice",
    "{'public-url':'http://gatehouse.example'}  | https",
    "{'templates':'/nowhere'}                   | /nowhere",
    "{'open':'perhaps'}                         | open",
    "{'users':[{'password':'x'}]}               | name",
    "{'users':'alice'}                          | users",
    "{'clients':[{'client_id':'a'}]}            | redirect_uris",
    "{'lifetimes':{'access-token':0}}           | access-token",
    "{'lifetimes':{'tea':5}}                    | lifetime",
    "{'scopes':[{'name':'two words'}]}          | scope"})
  @DisplayName("refuses a file that it cannot use, and says what is wrong in it")
  void refuses_file(String json, String named) throws Exception {
    Path file = Files.writeString(folder.resolve("config.json"), json.replace('\'', '"'));
    refused(named, "--port=0", "--config", file.toString());
  }

  @Test
  void refuses_a_port_that_is_taken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      refused("" + taken.getLocalPort(), "--port", "" + taken.getLocalPort());
    }
  }

  @Test
  void ends_with_zero_when_asked_to_and_finishes_what_is_under_way() throws Exception {
    Path log = folder.resolve("err");
    List<String> printed = started(Map.of(),
        List.of("--port=0", "--log-format", "json", "--tls", "self-signed"), url -> {
          // Its certificate is nobody's business here: the line of the refusal is.
        });
    assertTrue(String.join("\n", printed).contains("fingerprint"));
    assertEquals("", Files.readString(log));
    assertEquals(0, exit);
    started(Map.of(), List.of("--port=0", "--log-format", "json"), url -> {
      OAuthClient client = OAuthClient.discover(url).register();
      assertTrue(client.isAccepted(client.connect(Person.ALICE)));
    });
    assertEquals(0, exit);
    List<String> lines = Files.readAllLines(log);
    assertTrue(lines.size() >= 4, lines.toString());
    for (String line : lines) {
      assertEquals("gatehouse.audit", Json.parse(line).asObject().getString("logger", null));
      assertEquals("INFO", Json.parse(line).asObject().getString("level", null));
    }
    started(Map.of(), List.of("--port=0", "--log-level", "warning"), url ->
        OAuthClient.discover(url).register());
    assertEquals("", Files.readString(log));
  }

  @Test
  void never_repeats_a_password() throws Exception {
    Path file = Files.writeString(folder.resolve("config.json"),
        "{\"users\":[{\"name\":\"carol\",\"password\":\"teacup\",\"email\":5}]}");
    assertFalse(refused("email", "--config", file.toString()).contains("teacup"));
  }

  @Test
  void starts_on_a_free_port_and_says_where() throws Exception {
    started(Map.of(), List.of("--port", "0"), url -> {
      OAuthClient client = OAuthClient.discover(url).register();
      assertTrue(client.isAccepted(client.connect(Person.ALICE)));
    });
  }

  @Test
  void takes_users_from_the_command_line_instead_of_the_demo_users() throws Exception {
    started(Map.of(), List.of("--port=0", "--user", "carol:tea:cup"), url -> {
      OAuthClient client = OAuthClient.discover(url).register();
      assertTrue(client.isAccepted(client.connect(new Person("carol", "tea:cup"))));
      assertTrue(client.attempt().in(new Browser()).signIn(Person.ALICE)
          .asksToSignIn());
    });
  }

  @Test
  void puts_the_command_line_before_the_environment_and_that_before_the_file() throws Exception {
    Path file = Files.writeString(folder.resolve("config.json"), """
        {"port": 1, "public-url": "http://localhost:1", "name": "from-the-file"}""");
    Map<String, String> environment = Map.of("GATEHOUSE_PORT", "2",
        "GATEHOUSE_PUBLIC_URL", "http://localhost:2", "GATEHOUSE_CONFIG", file.toString());
    // The announced address is the environment's: nobody listens there.
    List<String> printed = started(environment, List.of("--port", "0"), url ->
        assertEquals("http://localhost:2/mcp", url));
    assertTrue(String.join("\n", printed).contains("http://localhost:2"));
  }

  @Test
  void serves_without_tokens_only_if_told_to_and_says_so() throws Exception {
    List<String> printed = started(Map.of(), List.of("--port=0", "--open"), url ->
        McpClient.of(McpClient.NEWEST, url).listTools().result());
    assertTrue(String.join("\n", printed).contains("OPEN"));
  }

  @Test
  void knows_every_flag_that_help_lists() throws Exception {
    Ended help = run("--help");
    assertEquals(0, help.code);
    assertEquals("", help.err);
    List<String> flags = Pattern.compile("^ {2}(--[a-z-]+) [A-Z]", Pattern.MULTILINE)
        .matcher(help.out).results().map((MatchResult result) -> result.group(1)).toList();
    assertTrue(flags.containsAll(List.of("--port", "--config", "--user")), help.out);
    for (String flag : flags) {
      // With nothing behind it: known, but incomplete.
      assertTrue(refused(flag, flag).contains("needs a value"), flag);
    }
  }

  @Test
  void tells_its_version() throws Exception {
    Ended version = run("--version");
    assertEquals(0, version.code);
    assertTrue(version.out.matches("gatehouse \\S+\\R"), version.out);
  }

  private String refused(String named, String... arguments) throws Exception {
    Ended ended = run(arguments);
    assertEquals(2, ended.code, ended.toString());
    assertEquals("", ended.out);
    assertTrue(ended.err.startsWith("gatehouse: "), ended.err);
    assertEquals(1, ended.err.lines().count(), ended.err);
    assertTrue(ended.err.contains(named), ended.err);
    assertFalse(ended.err.contains("Exception") || ended.err.contains("null"), ended.err);
    return ended.err;
  }

  private record Ended(int code, String out, String err) {
  }

  private Ended run(String... arguments) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = ServerProcess.command(Map.of(), List.of(), Arrays.asList(arguments))
        .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "it should have refused to start");
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** What is done while it runs, given the MCP URL that it has printed. */
  private interface Use {
    void of(String mcpUrl) throws Exception;
  }

  /** Starts it, uses it, asks it to end, and returns the lines it has printed. */
  private List<String> started(Map<String, String> environment, List<String> arguments, Use use)
      throws Exception {
    Process process = ServerProcess.command(environment, List.of(), arguments)
        .redirectError(folder.resolve("err").toFile()).start();
    CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
    List<String> printed = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String url = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        printed.add(line);
        if (line.contains("MCP URL")) {
          url = line.substring(line.indexOf("http"));
        } else if (line.startsWith("Stop with")) {
          break;
        }
      }
      assertTrue(url != null, () -> "no MCP URL in " + printed);
      use.of(url);
    } finally {
      process.destroy();
      assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
      exit = process.exitValue();
      Secrecy.hear(Files.readString(folder.resolve("err")));
    }
    return printed;
  }
}
