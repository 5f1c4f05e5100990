package gatehouse.attack;

import gatehouse.Gatehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ten thousand wrong passwords, with the stopwatch: does the time an answer takes tell which names
 * exist, and how are others doing meanwhile? It prints figures and asserts nothing; what can be
 * asserted is in {@link PasswordGuessingTest}.
 *
 * <pre>
 *   ./build.sh guessing
 * </pre>
 */
final class PasswordGuessing {
  private static final int GUESSES = 10_000;
  private static final int ADDRESSES = 1_000;
  private static final int ATTACKERS = 32;
  private static final int NAMES = 3;
  private static final int PAIRS = 100;

  private final Gatehouse server;
  private final Random random = new Random(1);

  private PasswordGuessing(Gatehouse server) {
    this.server = server;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    Gatehouse.Builder builder = Gatehouse.builder().port(0).demoTools()
        .user("alice", "wonderland").user("bob", "builder");
    for (int i = 0; i < NAMES; i++) {
      builder.user("user" + i, "correct horse " + i);
    }
    try (Gatehouse server = builder.start()) {
      PasswordGuessing guessing = new PasswordGuessing(server);
      guessing.warmUp();
      guessing.whoExists();
      guessing.attack();
    }
    System.exit(0);
  }

  private Visitor visitor(int number) {
    return new Visitor(server.port(), Visitor.address(number));
  }

  private void warmUp() throws IOException {
    for (int i = 0; i < 4 * NAMES; i++) {
      visitor(60_000 + i).attempt(i % 2 == 0 ? "user" + i % NAMES : "warm" + i, "x");
    }
  }

  /** One after another, from ever new addresses, in random order. */
  private void whoExists() throws IOException {
    Map<String, List<Double>> times = new TreeMap<>(Map.of(
        "existing", new ArrayList<>(), "unknown", new ArrayList<>()));
    List<String> order = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      order.add("existing");
      order.add("unknown");
    }
    Collections.shuffle(order, random);
    int number = 50_000;
    for (String kind : order) {
      String name = kind.equals("existing") ? "user" + random.nextInt(NAMES)
          : "ghost" + random.nextInt(NAMES);
      long start = System.nanoTime();
      visitor(number++).attempt(name, "guess");
      times.get(kind).add((System.nanoTime() - start) / 1e6);
    }
    System.out.println("Wrong passwords one after another, form and answer, milliseconds:");
    times.forEach((kind, values) -> print(kind, values));
    System.out.printf("An existing name takes longer than an unknown one in %.1f %% of all pairs"
        + " (50 %% tells nothing)%n%n", 100 * longer(times.get("existing"), times.get("unknown")));
  }

  private void attack() throws Exception {
    Visitor alice = visitor(40_000);
    alice.attempt("alice", "wonderland");
    List<Double> quiet = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      quiet.add(timed(alice, "alice", "wonderland").millis);
    }
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    Future<List<Timed>> owner = threads.submit(honest(over, () -> alice, "alice", "wonderland"));
    int[] next = {41_000};
    Future<List<Timed>> stranger =
        threads.submit(honest(over, () -> visitor(next[0]++), "bob", "builder"));
    long start = System.nanoTime();
    List<Future<List<Timed>>> attackers = new ArrayList<>();
    for (int i = 0; i < ATTACKERS; i++) {
      int first = i;
      attackers.add(threads.submit(() -> guesses(first)));
    }
    List<Timed> guesses = new ArrayList<>();
    for (Future<List<Timed>> attacker : attackers) {
      guesses.addAll(attacker.get());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    over.set(true);

    System.out.printf("%,d wrong passwords, %d at a time, for %d names (half of them exist, alice "
        + "among them), from %,d addresses, in %.0f s%n", guesses.size(), ATTACKERS,
        2 * (NAMES + 1), ADDRESSES, seconds);
    for (boolean existing : new boolean[] {true, false}) {
      Map<Integer, List<Double>> byStatus = new TreeMap<>();
      guesses.stream().filter(guess -> existing != guess.name.startsWith("ghost"))
          .forEach(guess -> byStatus.computeIfAbsent(guess.status, key -> new ArrayList<>())
              .add(guess.millis));
      byStatus.forEach((status, times) ->
          print((existing ? "existing " : "unknown ") + status, times));
    }
    System.out.println("Meanwhile, form and answer:");
    print("alice, before", quiet);
    report("alice, same browser", owner.get());
    report("bob, new browsers", stranger.get());
    threads.shutdownNow();
  }

  private record Timed(String name, int status, double millis) {
  }

  private static Timed timed(Visitor visitor, String name, String password) throws IOException {
    long start = System.nanoTime();
    int status = visitor.attempt(name, password);
    return new Timed(name, status, (System.nanoTime() - start) / 1e6);
  }

  private List<Timed> guesses(int first) throws IOException {
    List<Timed> done = new ArrayList<>();
    for (int i = first; i < GUESSES; i += ATTACKERS) {
      int who = i % (2 * (NAMES + 1));
      String name = who == 0 ? "alice" : who <= NAMES ? "user" + (who - 1) : "ghost" + who;
      done.add(timed(visitor(i * 7 % ADDRESSES), name, "guess " + i));
    }
    return done;
  }

  private static Callable<List<Timed>> honest(
      AtomicBoolean over, Callable<Visitor> where, String name, String password) {
    return () -> {
      List<Timed> done = new ArrayList<>();
      while (!over.get()) {
        done.add(timed(where.call(), name, password));
        Thread.sleep(1_000);
      }
      return done;
    };
  }

  private static void report(String who, List<Timed> tries) {
    long in = tries.stream().filter(one -> one.status == 303).count();
    print(who, tries.stream().map(Timed::millis).toList());
    System.out.printf("  %-24s %d of %d got in%n", "", in, tries.size());
  }

  private static void print(String what, List<Double> millis) {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf("  %-24s %5d   p10 %7.1f   median %7.1f   p90 %7.1f   max %7.1f%n", what,
        sorted.length, at(sorted, 0.1), at(sorted, 0.5), at(sorted, 0.9), at(sorted, 1));
  }

  private static double at(double[] sorted, double part) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(part * (sorted.length - 1))];
  }

  /** How often one of these is larger than one of those: the area under the ROC curve. */
  private static double longer(List<Double> these, List<Double> those) {
    double[] sorted = those.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double below = 0;
    for (double value : these) {
      int place = Arrays.binarySearch(sorted, value);
      below += place < 0 ? -place - 1 : place + 0.5;
    }
    return below / these.size() / sorted.length;
  }
}
