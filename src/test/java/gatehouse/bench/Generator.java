package gatehouse.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Load where there is no {@code wrk}: a thread and a kept connection each, one request after the
 * other. It says its results in the words of {@code load.lua}.
 */
final class Generator {
  /** More latencies than one run can have; those beyond are not looked at. */
  private static final int MAX_SAMPLES = 4_000_000;

  private final Scenario.Run run;
  private final URI url;
  private final long end;
  private final long[] micros = new long[MAX_SAMPLES];
  private final AtomicLong count = new AtomicLong();
  private final LongAdder errors = new LongAdder();

  private Generator(Scenario scenario, URI url, long end) {
    this.run = scenario.new Run();
    this.url = url;
    this.end = end;
  }

  /** Arguments: URL, connections, seconds, scenario file. */
  public static void main(String[] arguments) throws Exception {
    int connections = Integer.parseInt(arguments[1]);
    long begin = System.nanoTime();
    Generator generator = new Generator(Scenario.read(Path.of(arguments[3])),
        URI.create(arguments[0]), begin + (long) (Double.parseDouble(arguments[2]) * 1e9));
    Thread[] threads = new Thread[connections];
    for (int i = 0; i < connections; i++) {
      threads[i] = new Thread(generator::connection);
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long duration = (System.nanoTime() - begin) / 1_000;
    int samples = (int) Math.min(generator.count.get(), MAX_SAMPLES);
    Arrays.sort(generator.micros, 0, samples);
    System.out.println("LOAD " + generator.count + " " + duration + " "
        + (samples == 0 ? 0 : generator.micros[(int) (samples * 0.99)]) + " "
        + generator.errors.sum());
  }

  private void connection() {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (System.nanoTime() < end) {
        long begin = System.nanoTime();
        socket.getOutputStream().write(run.next(url.getAuthority())
            .getBytes(StandardCharsets.UTF_8));
        String answer = answer(in);
        if (answer.charAt(9) > '3') {
          errors.increment();
        }
        run.answered(answer);
        long index = count.getAndIncrement();
        if (index < MAX_SAMPLES) {
          micros[(int) index] = (System.nanoTime() - begin) / 1_000;
        }
      }
    } catch (IOException e) {
      errors.increment();
    }
  }

  /** An answer of known length, head and body. */
  static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed");
      }
      head.append((char) b);
    }
    int at = head.toString().toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
    int length = at < 0 ? 0
        : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)).trim());
    return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
