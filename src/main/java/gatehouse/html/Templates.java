package gatehouse.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pages and the stylesheet: those in the operator's folder first, those in the jar otherwise.
 *
 * <p>Each file is read once, on first use. The operator's are read at start as well, so that a
 * mistake in one is reported before anybody sees it.
 */
public final class Templates {
  private static final String BUNDLED = "/gatehouse/templates/";

  /** A page is some 5 KB; a megabyte is not a page. */
  private static final long MAX_BYTES = 1 << 20;

  private final Path folder;
  private final Map<String, Template> parsed = new ConcurrentHashMap<>();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /**
   * Templates with a folder that goes first.
   *
   * @param folder the operator's folder, or null
   * @throws IllegalArgumentException if the folder or a page in it cannot be read
   */
  public Templates(Path folder) {
    this.folder = folder;
    if (folder == null) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + " is not a folder");
    }
    try (var pages = Files.newDirectoryStream(folder, "*.html")) {
      pages.forEach(page -> template(page.getFileName().toString()));
    } catch (IOException e) {
      throw new IllegalArgumentException(folder + " cannot be read");
    }
  }

  /** Renders a page. */
  public String render(String file, Map<String, ?> values) {
    return template(file).render(values);
  }

  /** The bytes of a file that is served as it is, such as the stylesheet; null if there is none. */
  public byte[] file(String name) {
    return files.computeIfAbsent(name, this::read);
  }

  private Template template(String file) {
    return parsed.computeIfAbsent(file, f -> {
      byte[] source = read(f);
      if (source == null) {
        throw new IllegalArgumentException("there is no template " + f);
      }
      return Template.parse(f, new String(source, StandardCharsets.UTF_8));
    });
  }

  private byte[] read(String name) {
    try {
      if (folder != null) {
        Path own = folder.resolve(name);
        if (Files.isRegularFile(own)) {
          if (Files.size(own) > MAX_BYTES) {
            throw new IllegalArgumentException(own + " is larger than " + MAX_BYTES + " bytes");
          }
          return Files.readAllBytes(own);
        }
      }
      try (InputStream in = Templates.class.getResourceAsStream(BUNDLED + name)) {
        return in == null ? null : in.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
