package gatehouse.login;

import gatehouse.crypto.Argon2id;
import gatehouse.http.HttpError;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashing under a bound: Argon2id is meant to be expensive, so only so many run at once.
 *
 * <p>The rest wait their turn for a while; who would wait in vain is told to come back. Those who
 * have signed in here before do not stand in one line with those who have not: guessing from a
 * thousand addresses makes strangers wait, not them. A password is cut off nowhere and limited in
 * length, since each byte of it is hashed.
 */
public final class Passwords {
  /** One per core: more at once would take as long and 19 MiB each. Two, to have one to spare. */
  private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

  /** A person waits this long for a page before pressing the button again. */
  private static final long PATIENCE_SECONDS = 10;

  /** More in front than this would not be done within that patience, at 50 ms each. */
  private static final int MOST_IN_FRONT = 100;

  /** NIST SP 800-63B asks for at least 64. */
  static final int MAX_LENGTH = 1_024;

  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  /** Strangers leave one turn for the others. */
  private final Semaphore strangers = new Semaphore(AT_ONCE - 1, true);
  private String decoy;

  /** Users who do not exist cost as much as this one from now on; as a new one's, if null. */
  synchronized void imitate(String hash) {
    decoy = Argon2id.decoy(hash);
  }

  /** Made when it is first needed: no start waits for random numbers. */
  private synchronized String decoy() {
    if (decoy == null) {
      imitate(null);
    }
    return decoy;
  }

  /** Hashes a password. */
  public String hash(String password) {
    return inTurn(true, () -> Argon2id.hash(password));
  }

  /**
   * Whether the password belongs to the hash; never, but after the same time, for a null hash.
   *
   * @param known whether whoever asks has signed in here before
   * @throws HttpError 503 if too many others want the same
   */
  public boolean matches(String password, String hash, boolean known) {
    return inTurn(known, () -> Argon2id.matches(password, hash == null ? decoy() : hash))
        && hash != null;
  }

  /** Runs the work when it is its turn. */
  <T> T inTurn(boolean known, Supplier<T> work) {
    Supplier<T> hashing = () -> inTurn(turns, work);
    return known ? hashing.get() : inTurn(strangers, hashing);
  }

  private static <T> T inTurn(Semaphore turns, Supplier<T> work) {
    try {
      if (turns.getQueueLength() > MOST_IN_FRONT
          || !turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new HttpError(503, "Too many people are signing in at once. Please try again.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpError(503, "The server is stopping.");
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }
}
