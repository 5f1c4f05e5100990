package gatehouse.mcp;

import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import gatehouse.json.Fields;
import java.util.concurrent.Callable;

/**
 * Where things go wrong: the one place of this package that logs, and that turns what code of
 * others throws into an error of the protocol.
 *
 * <p>A client learns a reference, under which the log knows more; never a message or a stack trace,
 * which were not written for it.
 */
final class Faults {
  private static final System.Logger LOG = System.getLogger("gatehouse.mcp");

  /** Long enough to find one line in a day's log, short enough to read out on the phone. */
  private static final int REFERENCE_BYTES = 5;

  private Faults() {
  }

  /** Does a step of ours, in which every exception but the protocol's is a bug. */
  static <T> T guarded(Exchange exchange, Callable<T> step) {
    try {
      return step.call();
    } catch (JsonRpcError e) {
      throw e;
    } catch (Fields.Malformed e) {
      throw JsonRpcError.params(e.getMessage());
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      String what = exchange.message().method() + " failed";
      throw JsonRpcError.internal(logged(what, exchange.meta().trace(), e));
    }
  }

  /** Logs a fault and gives the reference under which a client may ask about it. */
  static String logged(String what, TraceContext trace, Throwable fault) {
    String reference = Encoding.hex(Secrets.random(REFERENCE_BYTES));
    LOG.log(System.Logger.Level.ERROR, what + ", reference " + reference
        + (trace.traceparent() == null ? "" : ", trace " + trace.traceparent()), fault);
    return reference;
  }
}
