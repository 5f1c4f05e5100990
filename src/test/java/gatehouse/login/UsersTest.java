package gatehouse.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.crypto.Argon2id;
import gatehouse.store.MemoryStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
  /** Costs next to nothing: "password" with the least memory (see Argon2idTest). */
  private static final String CHEAP =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

  private final MemoryStore store = new MemoryStore(Clock.systemUTC());
  private final Users users = new Users(new Passwords(), store);

  @Test
  void knowAUserByPasswordAndHashItBeforeItIsKept() {
    users.add(User.named("alice"), "wonderland");
    assertNull(users.signIn("alice", "wrong"));
    assertEquals("alice", users.signIn("alice", "wonderland").name());
    String hash = users.find("alice").passwordHash();
    assertTrue(Argon2id.matches("wonderland", hash));
  }

  @Test
  void takeAHashThatWasMadeElsewhere() {
    users.add(new User("bob", "Bob", null, CHEAP));
    assertEquals("Bob", users.signIn("bob", "password").displayName());
    assertNull(users.signIn("bob", CHEAP));
  }

  @Test
  void doNotLetInWhoIsUnknownRemovedOrWithoutPassword() {
    users.add(User.named("carol"));
    users.add(new User("dave", "Dave", null, CHEAP));
    users.remove("dave");
    assertNull(users.signIn("nobody", "password"));
    assertNull(users.signIn("carol", ""));
    assertNull(users.signIn("carol", "\u0000nobody"));
    assertNull(users.signIn("dave", "password"));
    assertNull(users.find(null));
  }

  @Test
  void replaceAUserTogetherWithThePassword() {
    users.add(User.named("erin"), "old");
    users.add(new User("erin", "Erin", null, CHEAP));
    assertNull(users.signIn("erin", "old"));
    assertEquals("Erin", users.signIn("erin", "password").displayName());
  }

  @Test
  void refuseAPasswordTooLongToBeOne() {
    users.add(User.named("bob"), "x".repeat(1_025));
    assertNull(users.signIn("bob", "x".repeat(1_025)));
    users.add(User.named("bob"), "x".repeat(1_024));
    assertNotNull(users.signIn("bob", "x".repeat(1_024)));
  }

  @Test
  void changeTheirPasswordInTheStoreAndAllProcessesThatShareItKnow() {
    Users other = new Users(new Passwords(), store);
    for (Users process : List.of(users, other)) {
      process.add(User.named("alice"), "wonderland");
      assertEquals("alice", process.signIn("alice", "wonderland").name());
    }
    users.changePassword(users.find("alice"), "looking glass");
    for (Users process : List.of(users, other)) {
      assertNull(process.signIn("alice", "wonderland"));
      assertEquals("alice", process.signIn("alice", "looking glass").name());
    }
  }

  @Test
  void changeAPasswordThatIsConfiguredAsAHash() {
    users.add(new User("bob", "Bob", null, CHEAP));
    users.changePassword(users.find("bob"), "looking glass");
    assertNull(users.signIn("bob", "password"));
    assertEquals("Bob", users.signIn("bob", "looking glass").displayName());
    // A start later, with the same in the configuration.
    Users later = new Users(new Passwords(), store);
    later.add(new User("bob", "Bob", null, CHEAP));
    assertEquals("Bob", later.signIn("bob", "looking glass").displayName());
    later.add(User.named("bob"), "by the operator");
    assertNull(later.signIn("bob", "looking glass"));
    assertEquals("bob", later.signIn("bob", "by the operator").name());
  }

  @Test
  void keepNoPasswordInTheClear() {
    users.add(User.named("alice"), "wonderland");
    users.signIn("alice", "wonderland");
    users.changePassword(users.find("alice"), "looking glass");
    List<String> rows = new ArrayList<>();
    store.scan("passwords", (key, row) -> rows.add(key + row));
    assertEquals(1, rows.size());
    assertFalse(rows.get(0).contains("wonderland") || rows.get(0).contains("looking"));
  }

  @Test
  void changeNothingForWhoeverHasNoPassword() {
    users.add(User.named("carol"));
    assertFalse(users.havePassword(users.find("carol")));
    users.changePassword(User.named("nobody"), "looking glass");
    assertNull(users.signIn("nobody", "looking glass"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "tab\t", "é", "nul\u0000", "new\nline", "\u007f"})
  void haveNamesThatCanStandInAToken(String name) {
    assertThrows(IllegalArgumentException.class, () -> User.named(name));
  }

  @Test
  void haveNamesOfAtMost255Characters() {
    assertEquals(255, User.named("x".repeat(255)).name().length());
    assertThrows(IllegalArgumentException.class, () -> User.named("x".repeat(256)));
  }
}
