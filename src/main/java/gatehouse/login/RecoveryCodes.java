package gatehouse.login;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.json.Fields;
import gatehouse.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Codes on paper for the day the phone is lost ("look-up secrets", NIST SP 800-63B §5.1.2): shown
 * once, each good once, in place of a code of the app.
 *
 * <pre>
 *   recovery_codes   "alice" → {"hashes": ["n4bQ…", …]}
 * </pre>
 */
public final class RecoveryCodes {
  private static final int CODES = 8;

  /** 120 bits: from 112 on, §5.1.2.2 is content with a plain hash. */
  private static final int CODE_BYTES = 15;

  /** 24 characters in six groups, to be read from paper. */
  private static final int GROUP = 4;

  private static final String TABLE = "recovery_codes";

  private final Store store;

  public RecoveryCodes(Store store) {
    this.store = store;
  }

  /** New codes for the user; all former ones are void. */
  List<String> renew(User user) {
    List<String> codes = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    for (int i = 0; i < CODES; i++) {
      String code = Totp.base32(Secrets.random(CODE_BYTES));
      codes.add(code.replaceAll("(.{" + GROUP + "})(?!$)", "$1-"));
      hashes.add(Secrets.hash(code));
    }
    store.put(TABLE, user.name(), row(hashes), Instant.MAX);
    return codes;
  }

  /** Whether it is one of the user's codes; it is used up then. */
  boolean accept(User user, String code) {
    String hash = Secrets.hash(code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT));
    while (true) {
      JsonObject before = store.get(TABLE, user.name());
      List<String> hashes = before == null ? new ArrayList<>()
          : new ArrayList<>(Fields.of(before).texts("hashes"));
      if (!hashes.remove(hash)) {
        return false;
      }
      // Of two who send the same code at once, one finds it gone.
      if (store.replaceIfSame(TABLE, user.name(), before, row(hashes), Instant.MAX)) {
        return true;
      }
    }
  }

  /** How many are left. */
  int left(User user) {
    JsonObject row = store.get(TABLE, user.name());
    return row == null ? 0 : Fields.of(row).texts("hashes").size();
  }

  /** Voids all of them. */
  void remove(User user) {
    store.take(TABLE, user.name());
  }

  private static JsonObject row(List<String> hashes) {
    return new JsonObject().add("hashes", Fields.array(hashes));
  }
}
