package gatehouse.mcp;

import java.util.List;

/**
 * A revision of the Model Context Protocol, and in which ways it differs from the others.
 *
 * <p>Every difference that the code acts upon is a method here, named for what it allows and not
 * for the revision that brought it, so that this page is the change log as far as it concerns a
 * server.
 *
 * <p>2024-11-05 is not served: it has another transport.
 */
public enum Revision {
  V2025_03_26("2025-03-26"),
  V2025_06_18("2025-06-18"),
  V2025_11_25("2025-11-25"),
  V2026_07_28("2026-07-28");

  /** The newest one that begins with {@code initialize}. */
  public static final Revision NEWEST_LEGACY = V2025_11_25;

  /** What {@code server/discover} and the unsupported version error list. */
  static final List<String> MODERN = List.of(V2026_07_28.text);

  private final String text;

  Revision(String text) {
    this.text = text;
  }

  /** The revision with this name, or null if we serve none of it. */
  public static Revision of(String text) {
    for (Revision revision : values()) {
      if (revision.text.equals(text)) {
        return revision;
      }
    }
    return null;
  }

  /** The name on the wire. */
  public String text() {
    return text;
  }

  /** Every request carries its version and capabilities; no handshake, no session. */
  public boolean isModern() {
    return since(V2026_07_28);
  }

  /** Several messages may come in one array (removed in 2025-06-18). */
  public boolean batches() {
    return this == V2025_03_26;
  }

  /** Things have a {@code title} next to their name. */
  public boolean titles() {
    return since(V2025_06_18);
  }

  /** Tools may declare {@code outputSchema} and answer with {@code structuredContent}. */
  public boolean structuredOutput() {
    return since(V2025_06_18);
  }

  /** Content may be a {@code resource_link}. */
  public boolean resourceLinks() {
    return since(V2025_06_18);
  }

  /** Structured output may be any JSON value, not only an object. */
  public boolean anyOutput() {
    return since(V2026_07_28);
  }

  /** Bad arguments are a tool result that a model can read, not a protocol error (SEP-1303). */
  public boolean invalidArgumentsAreResults() {
    return since(V2025_11_25);
  }

  /** A stream begins with an empty event, whose id a client can return to (SEP-1699). */
  public boolean primesStreams() {
    return this == V2025_11_25;
  }

  private boolean since(Revision other) {
    return compareTo(other) >= 0;
  }
}
