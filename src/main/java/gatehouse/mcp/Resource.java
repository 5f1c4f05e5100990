package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something to read: at one URI, or at all those that a template describes.
 *
 * <p>"Resources" and "Resource Templates" in every revision. Only what was declared can be read: a
 * URI is a key here, and never a path into a file system or a network.
 *
 * <p>Immutable; what the handler gives may change. It does not say who may read it beyond the
 * scopes it needs.
 */
public final class Resource extends Offer {

  /** The code of a resource. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Gives the contents. The variables of a template are the call's arguments.
     *
     * @throws Exception if it fails: the caller learns only that, and a reference to the log
     */
    ResourceResult handle(Call call) throws Exception;
  }

  private final String uri;
  private final UriTemplate template;
  private final String mimeType;
  private final Long size;
  private final Map<String, Completer> completers;
  private final Handler handler;

  private Resource(Builder builder) {
    super(builder);
    this.uri = builder.uri;
    this.template = builder.template;
    this.mimeType = builder.mimeType;
    this.size = builder.size;
    this.completers = builder.completers;
    this.handler = builder.handler;
  }

  /**
   * Begins a resource at one URI.
   *
   * @throws IllegalArgumentException if that is not an absolute URI
   */
  public static Builder at(String uri) {
    if (!URI.create(uri).isAbsolute()) {
      throw new IllegalArgumentException("not an absolute URI: " + uri);
    }
    return new Builder(uri, null);
  }

  /**
   * Begins a resource at many URIs.
   *
   * @throws IllegalArgumentException if that is no template of RFC 6570 up to level 3
   */
  public static Builder template(String template) {
    return new Builder(template, new UriTemplate(template));
  }

  @Override
  String key() {
    return uri;
  }

  /** The URI, or the template. */
  public String uri() {
    return uri;
  }

  boolean isTemplate() {
    return template != null;
  }

  String mimeType() {
    return mimeType;
  }

  Map<String, Completer> completers() {
    return completers;
  }

  Handler handler() {
    return handler;
  }

  /** The variables that make the template this URI, or null if nothing does. */
  Map<String, String> match(String wanted) {
    return template == null ? null : template.match(wanted);
  }

  List<String> variables() {
    return template == null ? List.of() : template.names();
  }

  /** An entry of {@code resources/list} or {@code resources/templates/list}. */
  JsonObject json(Revision revision) {
    JsonObject json = entry(
        new JsonObject().add(isTemplate() ? "uriTemplate" : "uri", uri), revision);
    if (mimeType != null) {
      json.add("mimeType", mimeType);
    }
    return size == null ? json : json.add("size", size);
  }

  /** Collects what a resource is made of. */
  public static final class Builder extends Offer.Builder<Builder> {
    private final String uri;
    private final UriTemplate template;
    private String mimeType;
    private Long size;
    private final Map<String, Completer> completers = new LinkedHashMap<>();
    private Handler handler;

    private Builder(String uri, UriTemplate template) {
      super(uri);
      this.uri = uri;
      this.template = template;
    }

    @Override
    Builder self() {
      return this;
    }

    /** The name; without one, the URI. */
    public Builder name(String text) {
      rename(text);
      return this;
    }

    /** The media type of what is read. */
    public Builder mimeType(String type) {
      mimeType = type;
      return this;
    }

    /** Proposes values for a variable of the template. */
    public Builder complete(String variable, Completer completer) {
      completers.put(variable, completer);
      return this;
    }

    /** A text that stays the same. */
    public Builder text(String text) {
      return handler(call -> ResourceResult.text(text));
    }

    /** Bytes that stay the same. */
    public Builder bytes(byte[] bytes) {
      byte[] copy = bytes.clone();
      size = (long) copy.length;
      return handler(call -> ResourceResult.bytes(copy));
    }

    /** The code. */
    public Builder handler(Handler code) {
      handler = code;
      return this;
    }

    /**
     * The resource.
     *
     * @throws IllegalArgumentException if it has no handler, or completes what is no variable
     */
    public Resource build() {
      List<String> variables = template == null ? List.of() : template.names();
      if (handler == null || !variables.containsAll(completers.keySet())) {
        throw new IllegalArgumentException("the resource " + uri
            + " has no handler, or completes a variable that it does not have");
      }
      return new Resource(this);
    }
  }
}
