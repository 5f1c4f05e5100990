package gatehouse.junit;

import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A failure with the transcript in its message, where whoever reads the report of a build sees it.
 *
 * <p>Failed assertions keep their place in the test and what was expected; any other failure stays
 * the object it is and carries the transcript along.
 */
final class Explained extends Throwable {
  private static final long serialVersionUID = 1L;

  private Explained(String transcript) {
    super(transcript, null, false, false);
  }

  /** The failure to be thrown instead of the given one. */
  static Throwable failure(Throwable failure, String transcript) {
    String message = String.valueOf(failure.getMessage());
    // What this package throws has the transcript in it already.
    if (transcript.isEmpty() || failure instanceof TestAbortedException
        || message.contains(Requests.TITLE)) {
      return failure;
    }
    String longer = message + System.lineSeparator() + transcript;
    AssertionError explained;
    if (failure.getClass() == AssertionFailedError.class) {
      AssertionFailedError failed = (AssertionFailedError) failure;
      explained = failed.isExpectedDefined() && failed.isActualDefined()
          ? new AssertionFailedError(
              longer, failed.getExpected(), failed.getActual(), failed.getCause())
          : new AssertionFailedError(longer, failed.getCause());
    } else if (failure.getClass() == AssertionError.class) {
      explained = new AssertionError(longer, failure.getCause());
    } else {
      failure.addSuppressed(new Explained(transcript));
      return failure;
    }
    explained.setStackTrace(failure.getStackTrace());
    for (Throwable suppressed : failure.getSuppressed()) {
      explained.addSuppressed(suppressed);
    }
    return explained;
  }
}
