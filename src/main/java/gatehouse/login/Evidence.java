package gatehouse.login;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody has shown of who they are, as the method references of RFC 8176 §2; the {@code amr}
 * of ID tokens.
 *
 * <p>It only grows while somebody signs in, and says nothing of when: that is the session's.
 *
 * @param methods in alphabetical order
 */
public record Evidence(Set<String> methods) {
  private static final String PROOF_OF_POSSESSION = "pop";
  private static final String SEVERAL = "mfa";

  /** A password. */
  public static final Evidence PASSWORD = of(Set.of("pwd"));

  /** A code of an authenticator app, or a recovery code: both are good once. */
  public static final Evidence CODE = of(Set.of("otp"));

  /** A passkey that somebody touched; without attestation we cannot say if it is in hardware. */
  public static final Evidence PASSKEY = of(Set.of(PROOF_OF_POSSESSION, "user"));

  /** A passkey that verified who touched it, by PIN or biometrics: two factors in one. */
  public static final Evidence VERIFIED_PASSKEY =
      of(Set.of(PROOF_OF_POSSESSION, "user", SEVERAL));

  /** The word of another provider. RFC 8176 has no name for it, so it lists nothing. */
  public static final Evidence UPSTREAM = of(Set.of());

  /** The word of another provider that says it has seen several factors, and is believed. */
  public static final Evidence UPSTREAM_SEVERAL = of(Set.of(SEVERAL));

  /** A copy that nobody can change. */
  public Evidence {
    methods = Collections.unmodifiableSet(new TreeSet<>(methods));
  }

  /** Evidence as it was written down. */
  public static Evidence of(Collection<String> methods) {
    return new Evidence(new TreeSet<>(methods));
  }

  /** Whether the other evidence is part of this. */
  public boolean includes(Evidence other) {
    return methods.containsAll(other.methods);
  }

  /** This and something else that has been shown: together they are several factors. */
  public Evidence and(Evidence more) {
    if (includes(more)) {
      return this;
    }
    Set<String> all = new TreeSet<>(methods);
    all.addAll(more.methods);
    all.add(SEVERAL);
    return new Evidence(all);
  }

  /** How much that is worth. */
  public Assurance assurance() {
    if (!methods.contains(SEVERAL)) {
      return Assurance.ONE_FACTOR;
    }
    return methods.contains(PROOF_OF_POSSESSION)
        ? Assurance.PHISHING_RESISTANT : Assurance.TWO_FACTORS;
  }
}
