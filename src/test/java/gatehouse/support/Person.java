package gatehouse.support;

/** Somebody at a browser. */
public record Person(String name, String password) {
  /** A demo user with a team plan. */
  public static final Person ALICE = new Person("alice", "wonderland");

  /** The other demo user. */
  public static final Person BOB = new Person("bob", "builder");
}
