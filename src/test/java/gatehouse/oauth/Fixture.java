package gatehouse.oauth;

import gatehouse.login.Passwords;
import gatehouse.login.User;
import gatehouse.login.Users;
import gatehouse.store.MemoryStore;
import gatehouse.support.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A store with one grant in it, and what works on it; for tests of codes and refresh tokens. */
final class Fixture {
  final TestClock clock = new TestClock();
  final MemoryStore store = new MemoryStore(clock);
  final Supplier<Policy> policy = Policy::defaults;
  final Users users = new Users(new Passwords(), store);
  final Grants grants = new Grants(store, users, policy, clock);
  final Grants.Grant grant = grants.begin(
      "alice", "c1", "Client", "127.0.0.1", Set.of("read"), Set.of("https://rs/mcp"), clock.instant(),
      gatehouse.login.Evidence.PASSWORD);

  Fixture() {
    users.add(User.named("alice"));
  }

  /** Everything that is stored, keys and rows, as text. */
  List<String> rows(String table) {
    List<String> rows = new ArrayList<>();
    store.scan(table, (key, row) -> rows.add(key + " " + row));
    return rows;
  }
}
