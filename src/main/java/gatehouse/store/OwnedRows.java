package gatehouse.store;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * Rows that belong to people, spread over 256 tables by owner: what somebody has is found by
 * looking at one table and not at everybody's rows, and nothing is written twice.
 *
 * <pre>
 *   grants-2b   2bIRuGaxVb…  {"user": "alice", …}      2b begins SHA-256("alice")
 * </pre>
 *
 * <p>A key says by its first two characters in which table it is. A key from outside is looked at
 * before: no text makes a table.
 */
public final class OwnedRows {
  /** Characters of the key that name the table. An empty table takes 5 KB, in memory. */
  private static final int PREFIX = 2;

  private static final int TABLES = 256;

  private final Store store;
  private final String name;

  /** Rows in the tables of this name. */
  public OwnedRows(Store store, String name) {
    this.store = store;
    this.name = name;
  }

  /** A new key for a row of the owner, which nobody guesses. */
  public String newKey(String owner) {
    return prefix(owner) + Secrets.handle();
  }

  /** The key of what lies under a secret that begins like a key. */
  public String hashed(String secret) {
    return secret.length() < PREFIX ? "" : secret.substring(0, PREFIX) + Secrets.hash(secret);
  }

  /** The row, or null if there is none. */
  public JsonObject get(String key) {
    return isKey(key) ? store.get(table(key), key) : null;
  }

  /** Writes the row. */
  public void put(String key, JsonObject row, Instant expires) {
    store.put(table(key), key, row, expires);
  }

  /** Removes the row and returns it; null if there is none. */
  public JsonObject take(String key) {
    return isKey(key) ? store.take(table(key), key) : null;
  }

  /** Replaces the row if it still equals {@code expected}; whether it did. */
  public boolean replaceIfSame(String key, JsonObject expected, JsonObject row, Instant expires) {
    return isKey(key) && store.replaceIfSame(table(key), key, expected, row, expires);
  }

  /** Shows the owner's rows, and those of some others: who looks compares. */
  public void scan(String owner, BiConsumer<String, JsonObject> visitor) {
    store.scan(table(prefix(owner)), visitor);
  }

  /** Shows everybody's rows. */
  public void scan(BiConsumer<String, JsonObject> visitor) {
    for (int i = 0; i < TABLES; i++) {
      store.scan(table(Encoding.hex(new byte[] {(byte) i})), visitor);
    }
  }

  private String table(String key) {
    return name + "-" + key.substring(0, PREFIX);
  }

  private static String prefix(String owner) {
    return Encoding.hex(new byte[] {Secrets.sha256(owner.getBytes(StandardCharsets.UTF_8))[0]});
  }

  private static boolean isKey(String key) {
    return key.length() > PREFIX && isHex(key.charAt(0)) && isHex(key.charAt(1));
  }

  private static boolean isHex(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
  }
}
