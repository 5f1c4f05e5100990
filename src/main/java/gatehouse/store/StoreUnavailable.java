package gatehouse.store;

/**
 * A store cannot do now what it was asked: the disk is full, the database is out of reach, the data
 * is in use by somebody else or damaged. To a client this is 503; it may well work again later.
 *
 * <p>The message is a sentence for the operator and names files; it is not meant for clients. The
 * operation that threw it has no effect that this process will ever see, unless the connection to a
 * database broke while it was under way: then nobody knows.
 */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreUnavailable(String message) {
    super(message);
  }

  StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
