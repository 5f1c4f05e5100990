package gatehouse.junit;

import gatehouse.crypto.Secrets;
import gatehouse.http.Form;
import gatehouse.http.Handler;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.login.User;
import gatehouse.login.Users;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Signs a user in without their password, at the request of our own {@link HeadlessBrowser} and of
 * nobody else: it carries a secret that each server makes for itself.
 *
 * <p>Everything takes its usual way through the login page; only the password is exchanged, for the
 * moment of the check, for one whose hash costs nothing. A proper hash costs a twentieth of a
 * second on purpose, and some users have no password at all.
 */
final class HeadlessSignIn {
  /** Argon2id at the least cost there is: a microsecond's work, and good for nothing else. */
  private static final String PASSWORD = "headless";
  private static final String HASH =
      "$argon2id$v=19$m=8,t=1,p=1$Zm9yIHRlc3RzIG9ubHkuLg$6LlC92LbGQbioZ5HLeJQJw";

  private final String secret = Secrets.handle();
  private final ReentrantLock lock = new ReentrantLock();

  /** Passwords that have not been hashed yet, and can be put back as they were. */
  private final Map<String, String> plain = new ConcurrentHashMap<>();

  /** Each sign-in counts as from an address of its own: limits are for strangers. */
  private final AtomicLong count = new AtomicLong();

  /** The value of {@link HeadlessBrowser#HEADER}. */
  String secret() {
    return secret;
  }

  /** Remembers the password that a user was given in plain text. */
  void knows(String user, String password) {
    plain.put(user, password);
  }

  /** Whether the request comes from our own browser. */
  boolean isFromUs(Request request) {
    return secret.equals(request.header(HeadlessBrowser.HEADER));
  }

  /** Answers a sign-in of ours. */
  Response around(Request request, Handler next, Users users) {
    Form form = request.form();
    String name = form.get("username", "");
    lock.lock();
    try {
      User user = users.find(name);
      if (user != null && user.passwordHash() == null && !plain.containsKey(name)) {
        // It may have a password that waits for its first use; this makes its hash, to be kept.
        users.signIn(name, "");
        user = users.find(name);
      }
      if (user == null) {
        return next.handle(request);
      }
      users.add(user.withPasswordHash(HASH));
      try {
        return next.handle(signingIn(request, form));
      } finally {
        if (user.passwordHash() == null && plain.containsKey(name)) {
          users.add(user, plain.get(name));
        } else {
          users.add(user);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private Request signingIn(Request request, Form form) {
    byte[] body = form.with("password", PASSWORD).encoded().getBytes(StandardCharsets.UTF_8);
    return new Request(request.method(), request.path(), request.rawQuery(), request.headers(),
        body, "headless-" + count.incrementAndGet());
  }
}
