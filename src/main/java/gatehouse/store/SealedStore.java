package gatehouse.store;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.Seal;
import gatehouse.crypto.Secrets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Keeps the rows of some tables sealed in another store, so that a copy of a disk or a database is
 * no copy of the signing keys.
 *
 * <pre>
 *   keys     kid-1     {"sealed": "…"}       AES-GCM under the data key, bound to table and key
 *   sealing  data-key  {"salt": "…", "rounds": 600000, "key": "…"}
 *                                            the data key, sealed under the passphrase
 * </pre>
 *
 * <p>A sealed row that was altered, or moved to another place, stops whoever reads it; that it was
 * removed, or replaced by an older one, is not noticed. Keys of rows and their expiry are not
 * sealed.
 */
public final class SealedStore implements Store {
  private static final String TABLE = "sealing";
  private static final String DATA_KEY = "data-key";
  private static final String SEALED = "sealed";

  /**
   * OWASP's advice for PBKDF2 with HMAC-SHA-256; a third of a second, once per start. Not Argon2id,
   * because crypto offers that for verdicts on passwords, not for keys.
   */
  private static final int ROUNDS = 600_000;
  private static final int MAX_ROUNDS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final int KEY_BITS = 256;

  /** A seal has an end; this one is beyond any row's. */
  private static final Duration FOREVER = Duration.ofDays(365_000);

  private final Store store;
  private final Set<String> tables;
  private final Seal seal;

  private SealedStore(Store store, Set<String> tables, Seal seal) {
    this.store = store;
    this.tables = tables;
    this.seal = seal;
  }

  /**
   * The store, with these tables sealed if there is a passphrase.
   *
   * @param tables whose rows have no end: one that lies there in the clear is written anew
   * @param passphrase or null; a store that was ever sealed needs it
   * @param converted is run if rows lay there in the clear, to get rid of what is left of them
   * @throws StoreUnavailable with a sentence for the operator, if the passphrase is missing or
   *     wrong
   */
  public static Store open(Store store, Set<String> tables, String passphrase, Runnable converted,
      Clock clock) {
    JsonObject row = store.get(TABLE, DATA_KEY);
    if (passphrase == null) {
      if (row != null) {
        throw new StoreUnavailable(
            "the data is sealed; its passphrase is needed (GATEHOUSE_PASSPHRASE)");
      }
      return store;
    }
    if (row == null) {
      store.insertIfAbsent(TABLE, DATA_KEY, newDataKey(passphrase, clock), Instant.MAX);
      // Somebody else may have been quicker.
      row = store.get(TABLE, DATA_KEY);
    }
    String key = passphraseSeal(passphrase, row, clock).open(DATA_KEY, text(row, "key"));
    if (key == null) {
      throw new StoreUnavailable("the passphrase is not the one that the data was sealed with");
    }
    SealedStore sealed = new SealedStore(store, tables, new Seal(Encoding.bytes(key), clock));
    if (sealed.convert()) {
      converted.run();
    }
    return sealed;
  }

  @Override
  public JsonObject get(String table, String key) {
    return opened(table, key, store.get(table, key));
  }

  @Override
  public void put(String table, String key, JsonObject row, Instant expires) {
    store.put(table, key, sealed(table, key, row), expires);
  }

  @Override
  public boolean insertIfAbsent(String table, String key, JsonObject row, Instant expires) {
    return store.insertIfAbsent(table, key, sealed(table, key, row), expires);
  }

  @Override
  public JsonObject take(String table, String key) {
    return opened(table, key, store.take(table, key));
  }

  @Override
  public boolean replaceIfSame(
      String table, String key, JsonObject expected, JsonObject row, Instant expires) {
    if (!tables.contains(table)) {
      return store.replaceIfSame(table, key, expected, row, expires);
    }
    // The same row never looks the same twice when sealed: what lies there must be opened first.
    JsonObject there = store.get(table, key);
    return expected.equals(opened(table, key, there))
        && store.replaceIfSame(table, key, there, sealed(table, key, row), expires);
  }

  @Override
  public void scan(String table, BiConsumer<String, JsonObject> visitor) {
    store.scan(table, (key, row) -> visitor.accept(key, opened(table, key, row)));
  }

  @Override
  public void close() {
    store.close();
  }

  /** Seals rows from before there was a passphrase; whether there were any. */
  private boolean convert() {
    AtomicBoolean found = new AtomicBoolean();
    for (String table : tables) {
      store.scan(table, (key, row) -> {
        if (row.get(SEALED) == null && store.replaceIfSame(
            table, key, row, sealed(table, key, row), Instant.MAX)) {
          found.set(true);
        }
      });
    }
    return found.get();
  }

  private JsonObject sealed(String table, String key, JsonObject row) {
    return tables.contains(table) ? new JsonObject().add(SEALED,
        seal.seal(table + "/" + key, row.toString(), FOREVER)) : row;
  }

  private JsonObject opened(String table, String key, JsonObject row) {
    if (row == null || !tables.contains(table)) {
      return row;
    }
    String text = seal.open(table + "/" + key, text(row, SEALED));
    if (text == null) {
      throw new StoreUnavailable("a sealed row of table " + table + " was altered");
    }
    return StoredText.row(text);
  }

  private static JsonObject newDataKey(String passphrase, Clock clock) {
    JsonObject row = new JsonObject()
        .add("salt", Encoding.base64url(Secrets.random(SALT_BYTES)))
        .add("rounds", ROUNDS);
    return row.add("key", passphraseSeal(passphrase, row, clock)
        .seal(DATA_KEY, Secrets.handle(), FOREVER));
  }

  private static Seal passphraseSeal(String passphrase, JsonObject row, Clock clock) {
    int rounds = row.getInt("rounds", 0);
    if (rounds < 1 || rounds > MAX_ROUNDS) {
      throw new StoreUnavailable("the row with the sealed data key was altered");
    }
    try {
      PBEKeySpec spec = new PBEKeySpec(passphrase.toCharArray(),
          Encoding.bytes(text(row, "salt")), rounds, KEY_BITS);
      return new Seal(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(spec).getEncoded(), clock);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has PBKDF2", e);
    }
  }

  private static String text(JsonObject row, String name) {
    JsonValue value = row.get(name);
    return value != null && value.isString() ? value.asString() : "";
  }
}
