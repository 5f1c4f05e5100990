package gatehouse.mcp;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Instructions for a model on how to do something, with the files that belong to them.
 *
 * <p>SEP-2640: a folder whose name is the skill's, with a {@code SKILL.md} that begins with
 * frontmatter, and a manifest by which a client can verify every file. It is read once, when it is
 * built, so the digests are those of the bytes that are served. Nothing outside of the folder can
 * be reached, because a skill is a table of files and not a path.
 */
public final class Skill {
  /** Both from SEP-2640, "Manifest". */
  private static final int MAX_FILES = 512;
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  private static final String FILE = "SKILL.md";

  private final String name;
  private final String directory;
  private final JsonObject entry;
  private final List<Resource> files = new ArrayList<>();

  private Skill(Builder builder) {
    this.name = builder.name;
    this.directory = "skill://" + name;
    JsonArray manifest = new JsonArray();
    long total = 0;
    for (Map.Entry<String, byte[]> file : builder.files.entrySet()) {
      byte[] bytes = file.getValue();
      total += bytes.length;
      String uri = directory + "/" + file.getKey();
      String type = builder.types.get(file.getKey());
      boolean main = file.getKey().equals(FILE);
      Resource.Builder resource = Resource.at(uri).mimeType(type)
          .name(main ? name : file.getKey()).scopes(builder.scopes);
      if (main) {
        resource.description(builder.description);
      }
      // The digest is of the bytes: only what survives being a text is served as one.
      String text = new String(bytes, StandardCharsets.UTF_8);
      boolean isText = !type.equals("application/octet-stream")
          && Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8));
      files.add((isText ? resource.text(text) : resource.bytes(bytes)).build());
      manifest.add(new JsonObject().add("uri", uri)
          .add("digest", "sha256:" + Encoding.hex(Secrets.sha256(bytes)))
          .add("size", bytes.length));
    }
    if (builder.files.size() > MAX_FILES || total > MAX_BYTES) {
      throw new IllegalArgumentException("a skill has at most 512 files and 16 MiB: " + name);
    }
    this.entry = new JsonObject().add("uri", uri())
        .add("frontmatter", builder.frontmatter).add("resources", manifest);
  }

  /**
   * Begins a skill.
   *
   * @param name 1 to 64 of {@code a–z 0–9 -}, no hyphen at an end or next to another
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /**
   * Reads the folder of a skill. Its {@code SKILL.md} needs frontmatter of plain {@code key: value}
   * lines with a name and a description.
   */
  public static Skill read(Path folder) throws IOException {
    Builder builder = named(folder.toRealPath().getFileName().toString());
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted().toList()) {
        // NOFOLLOW: a link could lead out of the folder.
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          String path = folder.relativize(file).toString().replace('\\', '/');
          builder.add(path, Frontmatter.mediaType(path), Files.readAllBytes(file));
        }
      }
    }
    return builder.build();
  }

  /** The URI of its {@code SKILL.md}, by which it is known. */
  public String uri() {
    return directory + "/" + FILE;
  }

  /** Its folder, without a slash at the end. */
  String directory() {
    return directory;
  }

  /** The {@code SKILL.md} and all other files, as resources. */
  List<Resource> files() {
    return files;
  }

  /** The {@code SKILL.md}, which is what lists show. */
  Resource main() {
    return files.stream().filter(file -> file.uri().equals(uri())).findFirst().orElseThrow();
  }

  /** An entry of {@code skills/list}. */
  JsonObject json() {
    return entry;
  }

  /** Collects what a skill is made of. */
  public static final class Builder {
    private final String name;
    private String description;
    private String body = "";
    private final JsonObject metadata = new JsonObject();
    private JsonObject frontmatter;
    private String[] scopes = {};
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();

    private Builder(String name) {
      if (name.length() > 64 || !name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
        throw new IllegalArgumentException("not the name of a skill: " + name);
      }
      this.name = name;
    }

    /** What it is good for, and when to use it. */
    public Builder description(String text) {
      description = text;
      return this;
    }

    /** The instructions, in Markdown. */
    public Builder instructions(String markdown) {
      body = markdown;
      return this;
    }

    /** One more line of frontmatter, under {@code metadata}. */
    public Builder metadata(String key, String value) {
      metadata.set(key, value);
      return this;
    }

    /** The scopes that a token must have, all of them. */
    public Builder scopes(String... needed) {
      scopes = needed.clone();
      return this;
    }

    /** One more file: a text. */
    public Builder file(String path, String mimeType, String text) {
      return file(path, mimeType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** One more file. */
    public Builder file(String path, String mimeType, byte[] bytes) {
      if (path.equals(FILE)) {
        throw new IllegalArgumentException("instructions(…) makes " + FILE);
      }
      return add(path, mimeType, bytes.clone());
    }

    private Builder add(String path, String mimeType, byte[] bytes) {
      if (!path.matches("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")) {
        throw new IllegalArgumentException("not a path that a URI can carry: " + path);
      }
      files.put(path, bytes);
      types.put(path, mimeType);
      return this;
    }

    /**
     * The skill.
     *
     * @throws IllegalArgumentException if name or description are missing, or it is too large
     */
    public Skill build() {
      if (!files.containsKey(FILE)) {
        add(FILE, "text/markdown", (Frontmatter.write(name, description, metadata) + body)
            .getBytes(StandardCharsets.UTF_8));
      }
      frontmatter = Frontmatter.read(new String(files.get(FILE), StandardCharsets.UTF_8));
      description = frontmatter.getString("description", null);
      if (description == null || !name.equals(frontmatter.getString("name", null))) {
        throw new IllegalArgumentException(
            "frontmatter needs a description, and the name of its folder: " + name);
      }
      return new Skill(this);
    }
  }
}
