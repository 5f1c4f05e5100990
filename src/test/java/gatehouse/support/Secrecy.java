package gatehouse.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Listens to everything that is logged from the first test to the last, at every level, and learns
 * every secret that passes through {@link Http}: whether one is to be found in the other is looked
 * at when the run is over.
 */
public final class Secrecy implements LauncherSessionListener {
  /** Of a longer secret its last characters; of a JWT those are of its signature. */
  private static final int WINDOW = 16;

  /** A shorter password may be a word that is logged for another reason. */
  private static final int SHORTEST_PASSWORD = 10;

  private static final Pattern IN_ANSWERS = Pattern.compile("\"(?:access_token|refresh_token|"
      + "id_token|client_secret|registration_access_token)\":\"([^\"]+)\"");
  private static final Pattern IN_LOCATIONS = Pattern.compile("[?&#]code=([^&]+)");
  private static final Pattern IN_FORMS = Pattern.compile("(?:^|&)(?:code|code_verifier|password|"
      + "client_secret|refresh_token|token|client_assertion|csrf)=([^&]+)");

  /** Held on to: a logger that nobody holds is forgotten together with its level. */
  private static final Logger OURS = Logger.getLogger("gatehouse");
  private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();
  private static final Path HEARD = Path.of("target", "heard.log");
  private static Writer heard;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (!begin()) {
      return; // tests run tests, each time in a session of their own
    }
    OURS.setLevel(Level.ALL);
    OURS.addHandler(new Handler() {
      private final Formatter formatter = new SimpleFormatter();

      @Override
      public void publish(LogRecord line) {
        hear(formatter.format(line));
      }

      @Override
      public void flush() {
        // Written through when it is read.
      }

      @Override
      public void close() {
        // Ends with the process.
      }
    });
  }

  /** Whether it had not begun yet. */
  private static synchronized boolean begin() {
    if (heard != null) {
      return false;
    }
    try {
      Files.createDirectories(HEARD.getParent());
      heard = Files.newBufferedWriter(HEARD);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something was written by a server of this run, wherever. */
  public static synchronized void hear(String text) {
    try {
      heard.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A secret of this run; markup is none, but what tests put into every field to see it escaped. */
  public static void learn(String secret) {
    if (secret.indexOf('<') < 0) {
      SECRETS.add(secret);
    }
  }

  /** A secret that is none any more. */
  public static void forget(String secret) {
    SECRETS.remove(secret);
  }

  static void learnFrom(String body, String... headers) {
    learnAll(IN_FORMS, body == null ? "" : body);
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase("Authorization")) {
        String credentials = headers[i + 1].substring(headers[i + 1].indexOf(' ') + 1);
        learn(credentials);
        if (headers[i + 1].startsWith("Basic ")) {
          learnPair(credentials);
        }
      }
    }
  }

  static void learnFrom(Answer answer) {
    learnAll(IN_ANSWERS, answer.body());
    answer.headers().allValues("Location").forEach(line -> learnAll(IN_LOCATIONS, line));
    for (String line : answer.headers().allValues("Set-Cookie")) {
      learn(line.substring(line.indexOf('=') + 1).split(";", 2)[0]);
    }
  }

  private static void learnPair(String basic) {
    try {
      String pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
      learn(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      // Not a pair: a test of such headers.
    }
  }

  private static void learnAll(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      learn(Parameters.decode(matcher.group(1)));
    }
  }

  /** How many secrets are known that could be recognised. */
  public static long known() {
    return SECRETS.stream().filter(secret -> secret.length() >= SHORTEST_PASSWORD).count();
  }

  /** The lines of this run that have a secret in them. */
  public static synchronized List<String> leaks() throws IOException {
    Set<String> ends = new HashSet<>();
    List<String> passwords = new ArrayList<>();
    for (String secret : SECRETS) {
      if (secret.length() >= WINDOW) {
        ends.add(secret.substring(secret.length() - WINDOW));
      } else if (secret.length() >= SHORTEST_PASSWORD) {
        passwords.add(secret);
      }
    }
    heard.flush();
    List<String> leaks = new ArrayList<>();
    try (var lines = Files.lines(HEARD)) {
      lines.filter(line -> hasAny(line, ends, passwords)).limit(20).forEach(leaks::add);
    }
    return leaks;
  }

  private static boolean hasAny(String line, Set<String> ends, List<String> passwords) {
    for (int i = 0; i + WINDOW <= line.length(); i++) {
      if (ends.contains(line.substring(i, i + WINDOW))) {
        return true;
      }
    }
    return passwords.stream().anyMatch(line::contains);
  }

  /** How much was heard, in characters. */
  public static synchronized long heard() throws IOException {
    heard.flush();
    return Files.size(HEARD);
  }
}
