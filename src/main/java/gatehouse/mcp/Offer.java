package gatehouse.mcp;

import com.eclipsesource.json.JsonObject;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something that a server offers under a name: a tool, a resource, a prompt; and on what terms.
 *
 * <p>{@code BaseMetadata} of the schema, and our terms: which scopes the token must have, what the
 * client must be able to do, and whether the handler may ask or stream. The latter decide how a
 * request is answered before the handler runs, which is why they are declared.
 */
public abstract sealed class Offer permits Tool, Resource, Prompt {
  private final String name;
  private final String title;
  private final String description;
  private final Set<String> scopes;
  private final Set<ClientFeature> needs;
  private final boolean asks;
  private final boolean streams;
  private final JsonObject meta;

  Offer(Builder<?> builder) {
    this.name = builder.name;
    this.title = builder.title;
    this.description = builder.description;
    this.scopes = Collections.unmodifiableSet(new TreeSet<>(builder.scopes));
    this.needs = Collections.unmodifiableSet(builder.needs);
    this.asks = builder.asks;
    this.streams = builder.streams;
    this.meta = builder.meta;
  }

  /** The same on other terms: with these scopes. */
  Offer(Offer other, Set<String> scopes) {
    this.name = other.name;
    this.title = other.title;
    this.description = other.description;
    this.scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
    this.needs = other.needs;
    this.asks = other.asks;
    this.streams = other.streams;
    this.meta = other.meta;
  }

  /** The name by which programs know it. */
  public final String name() {
    return name;
  }

  /** The name for people, or null. */
  public final String title() {
    return title;
  }

  final String description() {
    return description;
  }

  /** The scopes that a token must have, all of them. */
  public final Set<String> scopes() {
    return scopes;
  }

  /** What it is found by among its kind. */
  String key() {
    return name;
  }

  final boolean asks() {
    return asks;
  }

  final boolean streams() {
    return streams;
  }

  /**
   * Refuses a request that the terms rule out.
   *
   * <p>RFC 6750 §3.1, MCP authorization "Scope Challenge Handling": all scopes that are missing, at
   * once. Then what the client lacks, which is told only to those who may be here.
   */
  final void checkTerms(Exchange exchange) {
    if (!exchange.access().permits(scopes)) {
      throw JsonRpcError.insufficientScope(exchange.access(), scopes);
    }
    needs.forEach(exchange::need);
  }

  /** Begins an entry of a list: the names, as far as the revision knows them. */
  final JsonObject entry(JsonObject begun, Revision revision) {
    begun.add("name", name);
    if (title != null && revision.titles()) {
      begun.add("title", title);
    }
    if (description != null) {
      begun.add("description", description);
    }
    if (meta != null && revision.titles()) {
      begun.add("_meta", meta);
    }
    return begun;
  }

  /** Collects what all offers have; {@code B} is the builder itself. */
  public abstract static sealed class Builder<B extends Builder<B>>
      permits Tool.Builder, Resource.Builder, Prompt.Builder {
    private String name;
    private String title;
    private String description;
    private final Set<String> scopes = new TreeSet<>();
    private final Set<ClientFeature> needs = EnumSet.noneOf(ClientFeature.class);
    private boolean asks;
    private boolean streams;
    private JsonObject meta;

    Builder(String name) {
      this.name = name;
    }

    abstract B self();

    final void rename(String text) {
      name = text;
    }

    /** The name for people. */
    public final B title(String text) {
      title = text;
      return self();
    }

    /** What it is for, written for the model that chooses. */
    public final B description(String text) {
      description = text;
      return self();
    }

    /** The scopes that a token must have, all of them. */
    public final B scopes(String... needed) {
      scopes.addAll(Set.of(needed));
      return self();
    }

    /** What the client must be able to do, or the request is refused before the handler runs. */
    public final B needs(ClientFeature... features) {
      needs.addAll(Set.of(features));
      return self();
    }

    /** The handler may {@linkplain Call#ask ask}. */
    public final B asks() {
      asks = true;
      return self();
    }

    /** Always answered by a stream, also if the client wants neither progress nor log messages. */
    public final B streams() {
      streams = true;
      return self();
    }

    /** More about it, for clients that know the keys. */
    public final B meta(JsonObject more) {
      meta = more;
      return self();
    }
  }
}
