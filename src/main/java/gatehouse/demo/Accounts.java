package gatehouse.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The accounts of the demo: one for every user who ever asked, in memory.
 *
 * <p>An account is reached by the subject of an access token and by nothing else, so no argument of
 * a tool can lead to another user's. Alice and Bob find something to look at; everybody else begins
 * with an empty account.
 *
 * <p>Nothing is kept across a restart, and accounts unused for long make room for others. It is a
 * demo.
 */
public final class Accounts {
  /** A demo has a few users; a test run against it makes some hundred. */
  private static final int MAX_ACCOUNTS = 1_000;

  /** Someone who may use an account. */
  record Member(String name, String role) {
  }

  /** What a user set to his liking. */
  record Preferences(String language, String timezone, boolean newsletter) {
  }

  /** What was used and is to be paid in this period. */
  record Usage(int requests, int included, int openCents) {
  }

  /** An account as it is at one moment. */
  record Account(String id, String displayName, String email, String plan, Usage usage,
      Preferences preferences, List<Member> members) {

    Account {
      members = List.copyOf(members);
    }

    Account with(String newName, String newEmail, Preferences newPreferences) {
      return new Account(id, newName, newEmail, plan, usage, newPreferences, members);
    }

    Account with(Member member) {
      List<Member> more = new ArrayList<>(members);
      more.add(member);
      return new Account(id, displayName, email, plan, usage, preferences, more);
    }
  }

  // Ordered by use, eldest first.
  private final Map<String, Account> bySubject = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
      return size() > MAX_ACCOUNTS;
    }
  };

  /** The account of a user. */
  synchronized Account of(String subject) {
    return bySubject.computeIfAbsent(subject, Accounts::seed);
  }

  /** Replaces the account of a user by what the change makes of it, in one step. */
  synchronized Account change(String subject, UnaryOperator<Account> change) {
    Account changed = change.apply(of(subject));
    bySubject.put(subject, changed);
    return changed;
  }

  private static Account seed(String subject) {
    return switch (subject) {
      case "alice" -> new Account("acct-1001", "Alice Liddell", "alice@example.com", "team",
          new Usage(18_240, 50_000, 4_900), new Preferences("en", "Europe/London", true),
          List.of(new Member("Alice Liddell", "owner"), new Member("Dinah", "viewer"),
              new Member("White Rabbit", "editor")));
      case "bob" -> new Account("acct-1002", "Bob Builder", "bob@example.com", "starter",
          new Usage(412, 1_000, 0), new Preferences("en", "America/New_York", false),
          List.of(new Member("Bob Builder", "owner"), new Member("Wendy", "editor")));
      default -> new Account("acct-" + Integer.toHexString(subject.hashCode()), subject,
          "", "free", new Usage(0, 100, 0), new Preferences("en", "UTC", false),
          List.of(new Member(subject, "owner")));
    };
  }
}
