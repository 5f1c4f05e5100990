package gatehouse.jose;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Encoding;
import gatehouse.store.Store;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Our signing keys and their succession (OpenID Connect Core §10.1.1): each is published before it
 * signs and stays published until the last token it signed has expired.
 *
 * <pre>
 *   key 1   ├─ signs ───────────────┼─ still published ─┤
 *   key 2                ├─ published ┼─ signs ──────────────────┼─ still published ─┤
 *                        └ {@link #LEAD} ┘                 └ {@link #TAIL} ┘
 * </pre>
 *
 * <p>Keys live in the store, so that processes that share one share the keys; of several that find
 * a key due, one makes it. A rotation is due by the clock and is noticed by whoever asks next; the
 * first key is made in the background, as that takes between a tenth of a second and half of one.
 */
public final class KeyRing implements JwtValidator.Keys {
  /** How long a key signs. */
  private static final Duration PERIOD = Duration.ofDays(90);

  /** Verifiers cache key sets for minutes, some for a day. */
  private static final Duration LEAD = Duration.ofDays(2);

  /** Longer than any token lives. */
  private static final Duration TAIL = Duration.ofDays(2);

  /** How often the store is asked whether another process has rotated. */
  private static final Duration REREAD = Duration.ofSeconds(30);

  /** How often it is asked for a key that we do not know: strangers name any they like. */
  private static final Duration REREAD_UNKNOWN = Duration.ofSeconds(1);

  /** Making a key takes half a second, on a starved machine ten; who needs more has died over it. */
  private static final Duration MAKING = Duration.ofSeconds(30);
  private static final long WAIT_MILLIS = 50;

  private static final String TABLE = "keys";
  private static final String CLAIMS = "key_claims";
  private static final int RSA_BITS = 2048;

  /**
   * A key that can sign.
   *
   * @param from the moment from which it does
   * @param number in the order in which keys were made, for two of the same moment
   */
  public record SigningKey(Jwk jwk, PrivateKey key, Instant from, long number) {
  }

  private final Store store;
  private final Clock clock;
  private final Supplier<KeyPair> source;
  private final AtomicReference<CompletableFuture<Snapshot>> snapshot = new AtomicReference<>();
  private volatile Instant nextReread = Instant.MIN;

  /** The keys as they were read, newest first, and until when that need not be read again. */
  private record Snapshot(List<SigningKey> keys, Instant until) {
  }

  /** A ring over the keys in the store; if there is none, the first is made in the background. */
  public KeyRing(Store store, Clock clock) {
    this(store, clock, KeyRing::make);
  }

  /** The same, with a source of RSA keys that need not be made. */
  public KeyRing(Store store, Clock clock, Supplier<KeyPair> source) {
    this.store = store;
    this.clock = clock;
    this.source = source;
    // With one core, whatever else has to be done at a start would only take longer.
    if (Runtime.getRuntime().availableProcessors() > 1) {
      prepare();
    }
  }

  /** Begins, in the background, to read the keys or to make the first one, if that has not begun. */
  public void prepare() {
    if (snapshot.get() == null) {
      CompletableFuture<Snapshot> first = new CompletableFuture<>();
      if (snapshot.compareAndSet(null, first)) {
        first.completeAsync(this::load);
      }
    }
  }

  /** The key that signs now; waits for the first one to be made. */
  public SigningKey current() {
    Instant now = clock.instant();
    List<SigningKey> keys = keys(now);
    for (SigningKey key : keys) {
      if (!key.from.isAfter(now)) {
        return key;
      }
    }
    return keys.get(keys.size() - 1);
  }

  /** All keys that verifiers should know. */
  public JwkSet published() {
    return new JwkSet(keys(clock.instant()).stream().map(SigningKey::jwk).toList());
  }

  @Override
  public List<Jwk> candidates(String kid, String alg) {
    Instant now = clock.instant();
    List<Jwk> found = candidates(keys(now), kid, alg);
    if (found.isEmpty() && !now.isBefore(nextReread)) {
      // Another process may have made it and signed with it since we looked.
      nextReread = now.plus(REREAD_UNKNOWN);
      snapshot.set(CompletableFuture.completedFuture(load()));
      found = candidates(keys(now), kid, alg);
    }
    return found;
  }

  /** Our own tokens always say which key: a token that does not is not ours. */
  private static List<Jwk> candidates(List<SigningKey> keys, String kid, String alg) {
    List<Jwk> found = new ArrayList<>(1);
    for (SigningKey key : keys) {
      if (key.jwk.kid().equals(kid) && key.jwk.alg().equals(alg)) {
        found.add(key.jwk);
      }
    }
    return found;
  }

  /** Replaces the signing key at once; the old one stays published for the tokens it signed. */
  public void rotate() {
    add(clock.instant());
    snapshot.set(CompletableFuture.completedFuture(load()));
  }

  private List<SigningKey> keys(Instant now) {
    prepare();
    CompletableFuture<Snapshot> latest = snapshot.get();
    // What failed in the background (the store, for a moment) is tried again by whoever asks.
    Snapshot known = joined(latest);
    if (known == null || !now.isBefore(known.until)) {
      known = load();
      snapshot.set(CompletableFuture.completedFuture(known));
    }
    return known.keys;
  }

  private static Snapshot joined(CompletableFuture<Snapshot> latest) {
    try {
      return latest.join();
    } catch (CompletionException e) {
      return null;
    }
  }

  /** Reads the store, makes a first key or the next one if it is due, and drops the dead. */
  private synchronized Snapshot load() {
    Instant now = clock.instant();
    List<SigningKey> keys = read();
    if (keys.isEmpty()) {
      add(now);
      keys = read();
    } else if (!now.isBefore(keys.get(0).from.plus(PERIOD).minus(LEAD))) {
      // The successor starts when the period ends, or after the lead if we come late.
      Instant end = keys.get(0).from.plus(PERIOD);
      add(end.isBefore(now.plus(LEAD)) ? now.plus(LEAD) : end);
      keys = read();
    }
    return new Snapshot(keys, now.plus(REREAD));
  }

  private List<SigningKey> read() {
    List<SigningKey> keys = new ArrayList<>();
    store.scan(TABLE, (kid, row) -> keys.add(key(row)));
    keys.sort(Comparator.comparing(SigningKey::from).thenComparing(SigningKey::number).reversed());
    // A key whose successor has signed for longer than a token lives has nothing left to verify.
    Instant now = clock.instant();
    for (int i = keys.size() - 1; i > 0; i--) {
      if (keys.get(i - 1).from.plus(TAIL).isBefore(now)) {
        store.take(TABLE, keys.remove(i).jwk.kid());
      }
    }
    return keys;
  }

  /** Makes the next key; if another process is at it already, waits for that one instead. */
  private void add(Instant from) {
    long number = newest() + 1;
    while (newest() < number) {
      if (store.insertIfAbsent(
          CLAIMS, "" + number, new JsonObject(), clock.instant().plus(MAKING))) {
        publish(from, number);
        return;
      }
      try {
        Thread.sleep(WAIT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while another process made a key", e);
      }
    }
  }

  private long newest() {
    return read().stream().mapToLong(SigningKey::number).max().orElse(0);
  }

  private void publish(Instant from, long number) {
    KeyPair pair = source.get();
    if (newest() >= number) {
      return; // taken for dead, and another process has made it meanwhile
    }
    Jwk jwk = Jwk.of((RSAPublicKey) pair.getPublic());
    store.insertIfAbsent(TABLE, jwk.kid(), new JsonObject()
        .add("pkcs8", Encoding.base64url(pair.getPrivate().getEncoded()))
        .add("from", from.toEpochMilli())
        .add("number", number),
        Instant.MAX);
  }

  /** A new pair; takes between a tenth of a second and half of one. */
  public static KeyPair make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  private static SigningKey key(JsonObject row) {
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.generatePrivate(
          new PKCS8EncodedKeySpec(Encoding.bytes(row.get("pkcs8").asString())));
      RSAPublicKey publicKey = (RSAPublicKey) rsa.generatePublic(
          new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
      return new SigningKey(Jwk.of(publicKey), key,
          Instant.ofEpochMilli(row.get("from").asLong()), row.get("number").asLong());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a stored key cannot be read", e);
    }
  }
}
