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
 * The house has floors: who may use whom, compared with what the sources say.
 *
 * <p>Import lines and fully-qualified names count; comments and texts do not. The table is the one
 * on the root package page, and the numbers of the spine stand there, too.
 */
class ImportDirectionsTest {
  private static final Path SOURCES = Path.of("src", "main", "java");

  /** A chapter is a package with its sub-packages; the root package has no name. */
  private static final String ROOT = "";

  private static final String PAGE = "gatehouse/package-info.java";

  /** A row of the table on the page: chapters, and whom they may use. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^ \\*   ((?:[a-z.]+ {1,4})*[a-z.]+) {5,}([a-z ]+)$");

  /** A row of the spine: a file, its lines, and what it does. */
  private static final Pattern VERTEBRA =
      Pattern.compile("(?m)^ \\*     ([A-Za-z/]+) +(\\d+)   \\S");

  private static final Pattern SUM = Pattern.compile("(\\d+) files,\\s+(?:\\* )?([\\d,]+) lines");

  /** Each chapter, and those it may use, as the page says. */
  private static final Map<String, Set<String>> MAY_USE = new TreeMap<>();

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
    Matcher row = ROW.matcher(Files.readString(SOURCES.resolve(PAGE)));
    while (row.find()) {
      Set<String> targets = switch (row.group(2)) {
        case "nothing of ours" -> Set.of();
        case "everything above" -> Set.copyOf(MAY_USE.keySet());
        default -> Set.of(row.group(2).split(" "));
      };
      for (String name : row.group(1).split(" +")) {
        MAY_USE.put(name.equals("gatehouse") ? ROOT : chapter("gatehouse/" + name + "/"), targets);
      }
    }
    assertFalse(MAY_USE.isEmpty(), "no table on the root package page");
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
  void noChapterIsAllowedWhatItDoesNotUse() {
    Map<String, Set<String>> uses = new TreeMap<>();
    CODE.forEach((file, code) ->
        uses.computeIfAbsent(chapter(file), any -> new TreeSet<>()).addAll(used(code)));
    List<String> idle = new ArrayList<>();
    MAY_USE.forEach((from, targets) -> targets.stream()
        .filter(target -> !Set.of(ROOT, "junit").contains(from))
        .filter(target -> !uses.get(from).contains(target))
        .forEach(target -> idle.add(from + " does not use " + target)));
    assertNone(idle);
  }

  @Test
  void theSpineHasTheLinesThatThePageAndTheReadmeSay() throws IOException {
    String page = Files.readString(SOURCES.resolve(PAGE));
    List<String> wrong = new ArrayList<>();
    int files = 0;
    int lines = 0;
    for (Matcher row = VERTEBRA.matcher(page); row.find(); files++) {
      Path file = SOURCES.resolve("gatehouse/" + row.group(1) + ".java");
      int count = Files.readAllLines(file).size();
      lines += count;
      if (count != Integer.parseInt(row.group(2))) {
        wrong.add(row.group(1) + " has " + count + " lines and not " + row.group(2));
      }
    }
    assertTrue(files > 20, "the rows of the spine were not found");
    String sum = files + " " + lines;
    for (String text : List.of(page, Files.readString(Path.of("README.md")))) {
      Matcher said = SUM.matcher(text);
      assertTrue(said.find(), "no sum");
      if (!sum.equals(said.group(1) + " " + said.group(2).replace(",", ""))) {
        wrong.add("files and lines are " + sum + ", not " + said.group());
      }
    }
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
    return inside.contains("/") ? inside.substring(0, inside.indexOf('/')).split("\\.")[0] : ROOT;
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
