package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The house has floors (design §3): who may use whom, compared with what the sources say.
 *
 * <p>Import lines and fully-qualified names count; comments and texts do not. The deviations from
 * the design's table are those that the root package page names: {@code demo} stands above the root
 * package, which starts it; {@code store} above {@code jose}, whose keys it keeps; {@code crypto}
 * above {@code http}, which makes references and entity tags with it.
 */
class ImportDirectionsTest {
  private static final Path SOURCES = Path.of("src", "main", "java");

  /** A chapter is a package with its sub-packages; the root package has no name. */
  private static final String ROOT = "";

  /** Read downwards: each chapter, and those it may use. */
  private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
      Map.entry("json", Set.of()),
      Map.entry("crypto", Set.of()),
      Map.entry("http", Set.of("json", "crypto")),
      Map.entry("html", Set.of("json")),
      Map.entry("store", Set.of("json", "crypto", "http")),
      Map.entry("jose", Set.of("json", "crypto", "http", "store")),
      Map.entry("guard", Set.of("json", "http", "jose")),
      Map.entry("login", Set.of("json", "crypto", "http", "html", "store", "jose")),
      Map.entry("oauth",
          Set.of("json", "crypto", "http", "html", "store", "jose", "guard", "login")),
      Map.entry("mcp", Set.of("json", "crypto", "http", "store", "guard")),
      Map.entry("gateway", Set.of("json", "http", "guard", "mcp")),
      Map.entry("demo", Set.of("json", "guard", "mcp", "oauth")),
      Map.entry(ROOT, Set.of("json", "crypto", "http", "html", "store", "jose", "guard", "login",
          "oauth", "mcp", "gateway", "demo")),
      Map.entry("junit", Set.of(ROOT, "json", "crypto", "http", "html", "store", "jose", "guard",
          "login", "oauth", "mcp", "gateway", "demo")));

  /** A name of ours: its packages, and the type if one follows. */
  private static final Pattern OURS =
      Pattern.compile("\\bgatehouse((?:\\.[a-z][a-z0-9]*)*)\\.([A-Z]\\w*|\\*)");

  /** Comments and texts, in one pass, so that neither hides the beginning of the other. */
  private static final Pattern NO_CODE = Pattern.compile(
      "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'|/\\*.*?\\*/|//[^\n]*",
      Pattern.DOTALL);

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package [^;]+;");

  /** What the keys of others are fetched with: a door for strangers, a way to those we know. */
  private static final Set<String> FETCHING = Set.of("gatehouse.http.Fetch",
      "gatehouse.http.BackChannel", "gatehouse.http.RateLimit", "gatehouse.http.Urls");

  private static final Map<String, String> CODE = new TreeMap<>();

  @BeforeAll
  static void readSources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String code = NO_CODE.matcher(Files.readString(file)).replaceAll(" ");
        CODE.put(SOURCES.relativize(file).toString().replace('\\', '/'),
            PACKAGE.matcher(code).replaceAll(""));
      }
    }
    assertFalse(CODE.isEmpty(), "no sources below " + SOURCES.toAbsolutePath());
  }

  @Test
  void everyChapterUsesOnlyThoseAboveIt() {
    List<String> wrong = new ArrayList<>();
    CODE.forEach((file, code) -> used(code).forEach(target -> {
      String from = chapter(file);
      Set<String> allowed = MAY_USE.get(from);
      if (!target.equals(from) && (allowed == null || !allowed.contains(target))) {
        wrong.add(file + " uses gatehouse." + target);
      }
    }));
    assertNone(wrong);
  }

  @Test
  void everyChapterStandsInTheTable() {
    Set<String> chapters = new TreeSet<>();
    CODE.keySet().forEach(file -> chapters.add(chapter(file)));
    chapters.removeAll(MAY_USE.keySet());
    assertEquals(Set.of(), chapters, "chapters that the table does not know");
  }

  @Test
  void theTableHasNoCircle() {
    List<String> settled = new ArrayList<>();
    boolean more = true;
    while (more) {
      List<String> next = MAY_USE.keySet().stream()
          .filter(chapter -> !settled.contains(chapter)
              && settled.containsAll(MAY_USE.get(chapter))).toList();
      more = settled.addAll(next);
    }
    assertTrue(settled.containsAll(MAY_USE.keySet()), () -> "only " + settled);
  }

  @Test
  void modernMcpDoesNotKnowTheLegacyFolder() {
    List<String> wrong = CODE.entrySet().stream()
        .filter(e -> e.getKey().startsWith("gatehouse/mcp/")
            && !e.getKey().startsWith("gatehouse/mcp/legacy/")
            && e.getValue().contains("gatehouse.mcp.legacy"))
        .map(Map.Entry::getKey).toList();
    assertNone(wrong);
  }

  @Test
  void josesOnlyUseOfHttpIsFetchingTheKeysOfOthers() {
    List<String> wrong = new ArrayList<>();
    CODE.forEach((file, code) -> {
      boolean remoteKeys = file.endsWith("/RemoteKeys.java")
          || file.endsWith("/RemoteIssuer.java");
      if (Set.of("jose", "store").contains(chapter(file))) {
        names(code, "gatehouse.http.").stream()
            .filter(name -> !remoteKeys || !FETCHING.contains(name))
            .forEach(name -> wrong.add(file + " uses " + name));
      }
    });
    assertNone(wrong);
  }

  @Test
  void onlyTheServerKnowsTheHttpServerOfTheJdk() {
    assertOnly("com.sun.net.httpserver", "gatehouse/http/Server.java");
  }

  @Test
  void onlyTheCryptoChapterUsesBouncyCastle() {
    assertOnly("org.bouncycastle", "gatehouse/crypto/");
  }

  private static void assertOnly(String library, String path) {
    List<String> users = CODE.entrySet().stream()
        .filter(e -> e.getValue().contains(library)).map(Map.Entry::getKey).toList();
    assertFalse(users.isEmpty(), "nobody uses " + library + " any more");
    assertNone(users.stream().filter(file -> !file.startsWith(path)).toList());
  }

  private static void assertNone(List<String> wrong) {
    assertEquals("", String.join("\n", wrong));
  }

  private static String chapter(String file) {
    String inside = file.substring("gatehouse/".length());
    return inside.contains("/") ? inside.substring(0, inside.indexOf('/')) : ROOT;
  }

  private static Set<String> used(String code) {
    Set<String> chapters = new TreeSet<>();
    Matcher matcher = OURS.matcher(code);
    while (matcher.find()) {
      String[] path = matcher.group(1).split("\\.");
      chapters.add(path.length < 2 ? ROOT : path[1]);
    }
    return chapters;
  }

  private static Set<String> names(String code, String prefix) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = OURS.matcher(code);
    while (matcher.find()) {
      if (matcher.group().startsWith(prefix)) {
        names.add(matcher.group());
      }
    }
    return names;
  }
}
