package gatehouse.mcp;

/**
 * Threads for handlers whose answer is a stream: the one that brought the request writes it.
 *
 * <p>Virtual on JDK 21 and later, where a thousand cost nothing; platform threads before, whose
 * number the cap on streams bounds.
 */
public final class Threads {
  private static final java.lang.reflect.Method START_VIRTUAL = startVirtual();

  private Threads() {
  }

  /** Starts a thread. */
  public static void start(Runnable work) {
    if (START_VIRTUAL != null) {
      try {
        START_VIRTUAL.invoke(null, work);
        return;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a virtual thread could not be started", e);
      }
    }
    Thread thread = new Thread(work, "gatehouse-mcp-handler");
    thread.setDaemon(true);
    thread.start();
  }

  /** JDK 21, by name because the source is of 17. */
  private static java.lang.reflect.Method startVirtual() {
    try {
      return Thread.class.getMethod("startVirtualThread", Runnable.class);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
