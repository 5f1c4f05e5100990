package gatehouse.mcp;

import gatehouse.guard.Access;
import gatehouse.json.Fields;

/**
 * One call of a tool, as its handler sees it.
 *
 * <p>The caller is {@link #access()}, which comes from the verified token and from nowhere else.
 * An argument that names a user is a wish, not an identity.
 */
public final class Call {
  private final Exchange exchange;
  private final Fields arguments;

  Call(Exchange exchange, Fields arguments) {
    this.exchange = exchange;
    this.arguments = arguments;
  }

  /** Who is calling, and with which scopes. */
  public Access access() {
    return exchange.access();
  }

  /** The arguments, which conform to the tool's input schema; empty if none were given. */
  public Fields arguments() {
    return arguments;
  }
}
