package gatehouse.login;

import gatehouse.crypto.Argon2id;
import gatehouse.http.HttpError;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Hashing under a bound: Argon2id is meant to be expensive, so only so many run at once.
 *
 * <p>The rest wait their turn for a while; who waits in vain is told to come back. A password is
 * cut off nowhere and limited in length, since each byte of it is hashed.
 */
public final class Passwords {
  /** One per core: more at once would take as long and 19 MiB each. */
  private static final int AT_ONCE = Runtime.getRuntime().availableProcessors();

  /** A person waits this long for a page before pressing the button again. */
  private static final long PATIENCE_SECONDS = 10;

  /** NIST SP 800-63B asks for at least 64. */
  private static final int MAX_LENGTH = 1_024;

  /** The hash of nothing anybody can type, made on first use: a missing user costs the same. */
  private static final class Decoy {
    private static final String HASH = Argon2id.hash("\u0000nobody");
  }

  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  /** Hashes a password. */
  public String hash(String password) {
    return inTurn(() -> Argon2id.hash(password));
  }

  /** Whether the password belongs to the hash; never, but after the same time, for a null hash. */
  public boolean matches(String password, String hash) {
    if (password.length() > MAX_LENGTH) {
      return false;
    }
    return inTurn(() -> Argon2id.matches(password, hash == null ? Decoy.HASH : hash))
        && hash != null;
  }

  private <T> T inTurn(java.util.function.Supplier<T> work) {
    try {
      if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
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
