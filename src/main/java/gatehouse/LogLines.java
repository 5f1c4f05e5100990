package gatehouse;

import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;

/**
 * The log of the command line: a line for each record, to the standard error stream.
 *
 * <p>The JDK's own handler calls {@code String.format} and the kernel for every record: 8 µs of the
 * 60 that a tool call takes. Here lines gather for {@value #GATHER_MS} ms and are written together;
 * a warning is written at once with all that came before it. Nothing is lost when the process ends
 * in an orderly way, and whoever logs faster than can be written waits until it is. A process that
 * is killed takes the last lines with it.
 *
 * <p>It is what the JDK is told to use if the operator has told it nothing (see {@link
 * #installUnlessConfigured}); a server that is embedded logs as its application does.
 */
public final class LogLines extends Handler {
  private static final long GATHER_MS = 20;

  /** A thousand lines; then whoever logs writes them himself. */
  private static final int MAX_CHARS = 256 * 1024;

  private static final String CONFIGURATION = "java.util.logging.config.class";

  /** How the settings reach what the JDK makes by itself. */
  private static final String LEVEL = "gatehouse.log.level";
  private static final String JSON = "gatehouse.log.json";

  private final OutputStream out;
  // Not synchronized: a virtual thread that waits for a monitor pins its carrier before JDK 24.
  private final ReentrantLock lock = new ReentrantLock();
  private final StringBuilder lines = new StringBuilder();
  private final Formatter format = Boolean.getBoolean(JSON) ? new JsonLine() : new Line();
  private final Thread writer = new Thread(this::write, "gatehouse-log");
  private volatile boolean gathering;
  private boolean closed;

  /** Made by the JDK when something is logged for the first time. */
  public LogLines() {
    this(new FileOutputStream(FileDescriptor.err));
  }

  LogLines(OutputStream out) {
    this.out = out;
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Has the JDK use it, unless it was told otherwise; nothing is loaded before it is needed.
   *
   * @param level of what is written; the audit trail is at INFO
   * @param json whether a line is JSON
   */
  static void installUnlessConfigured(System.Logger.Level level, boolean json) {
    if (System.getProperty(CONFIGURATION) == null
        && System.getProperty("java.util.logging.config.file") == null
        && System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty(CONFIGURATION, Configuration.class.getName());
      System.setProperty(LEVEL, julName(level));
      System.setProperty(JSON, "" + json);
    }
  }

  /** As java.util.logging calls it; its getName() would load all of it. */
  private static String julName(System.Logger.Level level) {
    return switch (level) {
      case ERROR -> "SEVERE";
      case WARNING -> "WARNING";
      case DEBUG -> "FINE";
      default -> "INFO";
    };
  }

  /** What the JDK makes instead of reading its own file of settings. */
  public static final class Configuration {
    /** Settles that everything goes to one handler. */
    public Configuration() throws IOException {
      LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(
          ("handlers=" + LogLines.class.getName() + "\n.level=INFO\n"
              + "gatehouse.level=" + System.getProperty(LEVEL) + "\n")
              .getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  @Override
  public void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    lock.lock();
    try {
      lines.append(format.format(record));
      if (closed || lines.length() > MAX_CHARS
          || record.getLevel().intValue() >= Level.WARNING.intValue()) {
        flush();
      } else if (!gathering) {
        gathering = true;
        LockSupport.unpark(writer);
      }
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    while (true) {
      while (!gathering) {
        LockSupport.park(this);
      }
      LockSupport.parkNanos(GATHER_MS * 1_000_000);
      gathering = false;
      flush();
    }
  }

  @Override
  public void flush() {
    lock.lock();
    try {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Nobody is listening at the other end, and there is no other place to say so.
    } finally {
      lines.setLength(0);
      lock.unlock();
    }
  }

  /** Called by the JDK when the process ends; what is logged even later is written at once. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      flush();
    } finally {
      lock.unlock();
    }
  }

  /** {@code 2026-11-26T11:00:56 INFO text}, and what was thrown. */
  private static final class Line extends Formatter {
    private long second = Long.MIN_VALUE;
    private String time;

    @Override
    public String format(LogRecord record) {
      StringBuilder line = new StringBuilder(160).append(time(record.getInstant())).append(' ')
          .append(record.getLevel().getName()).append(' ').append(formatMessage(record))
          .append(System.lineSeparator());
      if (record.getThrown() != null) {
        StringWriter trace = new StringWriter();
        record.getThrown().printStackTrace(new PrintWriter(trace, true));
        line.append(trace);
      }
      return line.toString();
    }

    /** Made anew once a second. */
    private String time(Instant instant) {
      if (instant.getEpochSecond() != second) {
        second = instant.getEpochSecond();
        String text = LocalDateTime.ofInstant(
            Instant.ofEpochSecond(second), ZoneId.systemDefault()).toString();
        // It leaves out seconds that are zero.
        time = text.length() < "2026-11-26T11:00:56".length() ? text + ":00" : text;
      }
      return time;
    }
  }
}
