package gatehouse.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The languages that come in the jar are complete, and nothing in them is left over. */
class BundledTextsTest {
  private static final Path TEMPLATES = Path.of("templates");
  private static final Pattern SPLICED = Pattern.compile("\\{\\{t\\.([^}]+)}}");
  private static final Pattern SAID =
      Pattern.compile("Text\\.(?:of|optional)\\(\\s*\"([^\"]+)\"([,)]| \\+)");
  private static final Pattern HOLE = Pattern.compile("\\{\\{#?([^/t}][^.}]*)}}");
  private static final Pattern IN_ATTRIBUTE = Pattern.compile("=\"\\{\\{t\\.([^}]+)}}\"");

  private static String file(String name) throws IOException {
    return Files.readString(TEMPLATES.resolve(name));
  }

  private static Map<String, Source> texts(String language) throws IOException {
    String name = "texts_" + language + ".txt";
    return Texts.read(name, file(name));
  }

  private static Set<String> holes(Source text) {
    Set<String> holes = new TreeSet<>();
    Matcher matcher = HOLE.matcher(text.text());
    while (matcher.find()) {
      holes.add(matcher.group(1));
    }
    return holes;
  }

  /** All sources that can name a text: pages, the texts themselves, and code. */
  private static List<String> sources(Path root, String end) throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path path : files.filter(file -> file.toString().endsWith(end)).toList()) {
        sources.add(Files.readString(path));
      }
    }
    return sources;
  }

  @Test
  void saySameThingsInEveryLanguage() throws IOException {
    for (String language : Templates.BUNDLED_LANGUAGES) {
      assertEquals(new TreeSet<>(texts("en").keySet()), new TreeSet<>(texts(language).keySet()),
          language);
    }
  }

  @Test
  void haveTheSameHolesInEveryLanguage() throws IOException {
    Map<String, Source> english = texts("en");
    for (String language : Templates.BUNDLED_LANGUAGES) {
      for (Map.Entry<String, Source> text : texts(language).entrySet()) {
        assertEquals(holes(english.get(text.getKey())), holes(text.getValue()),
            language + " " + text.getKey());
      }
    }
  }

  @Test
  void areAllUsedAndAllThere() throws IOException {
    Set<String> named = new TreeSet<>();
    Set<String> begun = new TreeSet<>();
    begun.add("error."); // pages.error(…, "KEY") says all four parts
    begun.add("duration."); // Text.duration
    List<String> all = new ArrayList<>(sources(TEMPLATES, ".html"));
    all.add(file("texts_en.txt").replaceAll("(?m)^#.*", ""));
    for (String source : all) {
      SPLICED.matcher(source).results().forEach(found -> named.add(found.group(1)));
    }
    for (String source : sources(Path.of("src/main/java"), ".java")) {
      SAID.matcher(source).results().forEach(found ->
          (found.group(2).equals(" +") ? begun : named).add(found.group(1)));
    }
    Set<String> there = texts("en").keySet();
    Set<String> missing = new TreeSet<>(named);
    missing.removeAll(there);
    assertEquals(Set.of(), missing, "named, but not there");
    Set<String> unused = new TreeSet<>(there);
    unused.removeAll(named);
    unused.removeIf(key -> begun.stream().anyMatch(key::startsWith));
    assertEquals(Set.of(), unused, "there, but never named");
  }

  @Test
  void everyErrorHasItsFourParts() throws IOException {
    Set<String> keys = texts("en").keySet();
    Set<String> errors = new TreeSet<>();
    Pattern error = Pattern.compile("pages\\.error\\(\\s*request, \\d+, \"([^\"]+)\"");
    Pattern upstream = Pattern.compile("\"(upstream\\.[a-z_]+)\"");
    for (String source : sources(Path.of("src/main/java"), ".java")) {
      error.matcher(source).results().forEach(found -> errors.add(found.group(1)));
      upstream.matcher(source).results().forEach(found -> errors.add(found.group(1)));
    }
    assertTrue(errors.contains("expired") && errors.contains("upstream.denied"), "" + errors);
    errors.addAll(Set.of("unknown_client", "bad_link", "400", "404", "405", "421", "429", "500",
        "503"));
    for (String key : errors) {
      for (String part : List.of("title", "what", "why", "next")) {
        assertTrue(keys.contains("error." + key + "." + part), key + "." + part);
      }
    }
  }

  @Test
  void canStandInTheAttributesWhereTheyAre() throws IOException {
    for (String language : Templates.BUNDLED_LANGUAGES) {
      for (String page : sources(TEMPLATES, ".html")) {
        for (var found : IN_ATTRIBUTE.matcher(page).results().toList()) {
          String text = texts(language).get(found.group(1)).text();
          assertTrue(text.indexOf('"') < 0 && text.indexOf('<') < 0, found.group(1));
        }
      }
    }
  }
}
