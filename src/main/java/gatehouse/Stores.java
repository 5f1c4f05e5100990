package gatehouse;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Encoding;
import gatehouse.crypto.Secrets;
import gatehouse.store.JdbcStore;
import gatehouse.store.JournalStore;
import gatehouse.store.MemoryStore;
import gatehouse.store.SealedStore;
import gatehouse.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/** Where state lives: in memory, in a directory, or in a database that several processes share. */
final class Stores {
  /** What gives whoever reads the disk power over tokens and second factors. */
  private static final Set<String> SEALED_TABLES = Set.of("keys", "secrets", "totp");

  private Stores() {
  }

  /** Opens the store that the settings ask for. */
  static Store open(Settings settings) {
    if (settings.data == null) {
      return new MemoryStore(settings.clock);
    }
    if (settings.data.startsWith("jdbc:")) {
      return sealed(settings,
          JdbcStore.open(settings.data, settings.driver, settings.clock), () -> { });
    }
    JournalStore rows = JournalStore.open(Path.of(settings.data), settings.clock);
    return sealed(settings, rows, rows::compact);
  }

  /** What is sealed under it outlives a restart where the store does. */
  static byte[] sealSecret(Store store) {
    store.insertIfAbsent("secrets", "seal",
        new JsonObject().add("value", Secrets.handle()), Instant.MAX);
    return Encoding.bytes(store.get("secrets", "seal").get("value").asString());
  }

  /** With a passphrase, keys are kept encrypted; without one, a sealed store is refused. */
  private static Store sealed(Settings settings, Store rows, Runnable converted) {
    try {
      return SealedStore.open(
          rows, SEALED_TABLES, settings.passphrase, converted, settings.clock);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }
}
