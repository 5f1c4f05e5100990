package gatehouse.login;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How sure we are of somebody, from little to much: the {@code acr} of ID tokens (OpenID Connect
 * Core §2) and what {@code acr_values} may ask for (§3.1.2.1, RFC 9470 §4).
 *
 * <p>The first two values are ours, as there are no registered ones; {@code phr} is that of the
 * OpenID Connect Extended Authentication Profile ACR Values 1.0.
 */
public enum Assurance {
  /** A password alone, or another provider's word. */
  ONE_FACTOR("1"),
  /** A password and a code. */
  TWO_FACTORS("2"),
  /** Several factors, one of which an impostor's page cannot pass on: a passkey. */
  PHISHING_RESISTANT("phr");

  private final String acr;

  Assurance(String acr) {
    this.acr = acr;
  }

  /** The value of the claim. */
  public String acr() {
    return acr;
  }

  /** Whether this is at least as much as the other. */
  public boolean meets(Assurance needed) {
    return compareTo(needed) >= 0;
  }

  /**
   * What a request asks for. Any of the values it lists will do, so the least of them is enough;
   * those we do not know are ignored, since the parameter is a wish (OpenID Connect Core §3.1.2.1).
   *
   * @param acrValues the parameter, or null
   */
  public static Assurance asked(String acrValues) {
    List<String> values = acrValues == null ? List.of() : List.of(acrValues.split(" "));
    return Arrays.stream(values()).filter(level -> values.contains(level.acr)).findFirst()
        .orElse(ONE_FACTOR);
  }

  /** What can be had where this is the most: {@code acr_values_supported}, from the least on. */
  public List<String> acrValues() {
    List<String> values = new ArrayList<>();
    for (Assurance level : values()) {
      if (meets(level)) {
        values.add(level.acr);
      }
    }
    return values;
  }

  /** The greater of two. */
  static Assurance most(Assurance one, Assurance other) {
    return one.meets(other) ? one : other;
  }
}
