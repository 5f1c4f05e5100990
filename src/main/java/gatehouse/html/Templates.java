package gatehouse.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pages, the texts and the stylesheet: those in the operator's folder first, those in the jar
 * otherwise. Texts go by name: a file in the folder replaces the texts it has, and no others.
 *
 * <p>Each page is compiled once for each language, on first use. If there is a folder, all of them
 * are compiled at start, so that a mistake in one is reported before anybody sees it.
 */
public final class Templates {
  /** Every page; what they have in common are pieces, and not among them. */
  static final List<String> PAGES = List.of("account.html", "clients.html",
      "consent.html", "error.html", "form_post.html", "home.html", "login.html", "logout.html",
      "metadata.html", "passkeys.html", "password.html", "second_factor.html", "totp.html");

  static final List<String> BUNDLED_LANGUAGES = List.of("en", "de");

  /** Texts of things that we do not know of: scopes, and what a document of theirs may have. */
  private static final List<String> OPEN = List.of("scope.", "member.");

  private static final String BUNDLED = "/gatehouse/templates/";
  private static final String TEXTS = "texts_";
  private static final String TEXTS_END = ".txt";

  /** A page is some 5 KB; a megabyte is not a page. */
  private static final long MAX_BYTES = 1 << 20;

  private final Path folder;
  private final Set<String> languages = new TreeSet<>(BUNDLED_LANGUAGES);
  private final Map<String, Texts> texts = new ConcurrentHashMap<>();
  private final Map<String, Template> compiled = new ConcurrentHashMap<>();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /**
   * Templates with a folder that goes first.
   *
   * @param folder the operator's folder, or null
   * @throws IllegalArgumentException if the folder cannot be read, or a page or a text in it has a
   *     mistake; file and line are named
   */
  public Templates(Path folder) {
    this.folder = folder;
    if (folder == null) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("--templates " + folder + " is not a folder");
    }
    try (var own = Files.newDirectoryStream(folder, TEXTS + "*" + TEXTS_END)) {
      own.forEach(file -> languages.add(language(file.getFileName().toString())));
    } catch (IOException e) {
      throw new IllegalArgumentException("--templates " + folder + " cannot be read");
    }
    Templates bundled = new Templates(null);
    for (String language : languages) {
      requireKnownTexts(language, bundled);
      PAGES.forEach(page -> requireKnownValues(language, page, bundled));
      requireUsedTexts(language, bundled);
    }
  }

  /** The languages that there are texts of, as lower-case tags (RFC 5646). */
  public Set<String> languages() {
    return languages;
  }

  /**
   * Renders a page.
   *
   * @param language one of {@link #languages}
   * @throws IllegalArgumentException naming file and line if the page names an unknown value
   */
  public String render(String language, String page, Map<String, ?> values) {
    return template(language, page).render(values);
  }

  /** The bytes of a file that is served as it is, such as the stylesheet; null if there is none. */
  public byte[] file(String name) {
    return files.computeIfAbsent(name, this::read);
  }

  private Template template(String language, String page) {
    return compiled.computeIfAbsent(language + " " + page, key -> {
      Source source = source(page);
      if (source == null) {
        throw new IllegalArgumentException("there is no template " + page);
      }
      return Template.of(source, texts(language));
    });
  }

  Texts texts(String language) {
    return texts.computeIfAbsent(language, l -> {
      Map<String, Source> all = new HashMap<>();
      // From the last resort to the first.
      all.putAll(textsOf(null, Languages.DEFAULT));
      all.putAll(textsOf(folder, Languages.DEFAULT));
      all.putAll(textsOf(null, l));
      all.putAll(textsOf(folder, l));
      return new Texts(all, this::piece);
    });
  }

  private Map<String, Source> textsOf(Path place, String language) {
    String file = TEXTS + language + TEXTS_END;
    byte[] content = place == null ? bundled(file) : own(file);
    return content == null ? Map.of()
        : Texts.read(file, new String(content, StandardCharsets.UTF_8));
  }

  private Source piece(String file) {
    // A name from a page of the operator's, who owns the folder; still, not out of it.
    return file.indexOf('/') >= 0 ? null : source(file);
  }

  private Source source(String file) {
    byte[] content = read(file);
    return content == null ? null
        : new Source(file, 1, new String(content, StandardCharsets.UTF_8).stripTrailing());
  }

  private static String language(String file) {
    String tag = file.substring(TEXTS.length(), file.length() - TEXTS_END.length());
    if (!tag.chars().allMatch(c -> c == '-' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9')
        || tag.isEmpty()) {
      throw new IllegalArgumentException(
          file + ": a language is a tag in lower case, such as fr or pt-br");
    }
    return tag;
  }

  /** A text of the operator's may fill the holes that the bundled one has. */
  private void requireKnownTexts(String language, Templates bundled) {
    Texts own = texts(language);
    for (String key : own.keys()) {
      Template text = own.compiled(key);
      if (bundled.texts(Languages.DEFAULT).text(key) != null) {
        require(text, names(bundled.texts(Languages.DEFAULT).compiled(key)));
      }
    }
  }

  /** A text that nothing names is a name mistyped: it would never be seen. */
  private void requireUsedTexts(String language, Templates bundled) {
    Set<String> ours = bundled.texts(Languages.DEFAULT).keys();
    textsOf(folder, language).forEach((key, source) -> {
      boolean known = ours.contains(key) || OPEN.stream().anyMatch(key::startsWith);
      if (!known && !texts(language).isNamed(key)) {
        throw source.problem(0, "no page names a text '" + key + "'");
      }
    });
  }

  /** A page of the operator's may use the values that the bundled one uses. */
  private void requireKnownValues(String language, String page, Templates bundled) {
    require(template(language, page), names(bundled.template(Languages.DEFAULT, page)));
  }

  private static void require(Template template, Set<String> known) {
    template.eachName((name, where) -> {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(where + ": there is no value named '" + name
            + "' here; there are " + String.join(", ", new TreeSet<>(known)));
      }
    });
  }

  private static Set<String> names(Template template) {
    // What every page has, whether the bundled one shows it or not.
    Set<String> names = new HashSet<>(Set.of("issuer", "lang"));
    template.eachName((name, where) -> names.add(name));
    return names;
  }

  private byte[] read(String name) {
    byte[] own = own(name);
    return own != null ? own : bundled(name);
  }

  private byte[] own(String name) {
    if (folder == null) {
      return null;
    }
    Path file = folder.resolve(name);
    try {
      if (!Files.isRegularFile(file)) {
        return null;
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static byte[] bundled(String name) {
    try (InputStream in = Templates.class.getResourceAsStream(BUNDLED + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
