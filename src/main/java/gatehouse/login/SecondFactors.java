package gatehouse.login;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which second factors there are, who has to use one, and who may set one up.
 *
 * <p>Somebody who has set one up is always asked for it: a second factor that the thief of a
 * password may skip is none. The one who has none yet may set up the first with what they have
 * shown, and any further one only with two factors.
 *
 * <p>A passkey alone is both factors at once when it verified its user; it then never gets here.
 */
public final class SecondFactors {

  /** What the operator wants. */
  public enum Rule {
    /** People may set up a second factor, and are asked for it from then on. */
    OFFERED,
    /** Everybody sets one up at their next sign-in. */
    DEMANDED
  }

  /** The page has a section for each kind there is, whether or not the operator offers it. */
  private static final List<String> SECTIONS = List.of("totp", "passkey");

  private final Rule rule;
  private final List<SecondFactor> kinds;

  /**
   * Second factors.
   *
   * @param kinds those that the operator offers, in the order in which they are shown; none at all
   *     switches the whole thing off
   */
  public SecondFactors(Rule rule, List<SecondFactor> kinds) {
    this.rule = rule;
    this.kinds = List.copyOf(kinds);
  }

  /** What the user has to reach, whatever a client asks for. */
  public Assurance demanded(User user) {
    return isSetUp(user) || rule == Rule.DEMANDED
        ? atMost(Assurance.TWO_FACTORS) : Assurance.ONE_FACTOR;
  }

  /** As much of what is needed as can be had here: a wish for more must not lock people out. */
  public Assurance atMost(Assurance needed) {
    Assurance best = kinds.stream().map(kind -> Evidence.PASSWORD.and(kind.gives()).assurance())
        .max(Assurance::compareTo).orElse(Assurance.ONE_FACTOR);
    return best.meets(needed) ? needed : best;
  }

  /** Whether the user has set up any. */
  public boolean isSetUp(User user) {
    return kinds.stream().anyMatch(kind -> kind.isSetUp(user));
  }

  /** Whether the user gets as far as that with one they have set up. */
  public boolean suffice(User user, Evidence shown, Assurance needed) {
    return kinds.stream().anyMatch(kind -> !shown.includes(kind.gives()) && kind.isSetUp(user)
        && suffices(kind, shown, needed));
  }

  /** Whether somebody who has shown that much may set up one more. */
  public boolean mayBeSetUp(User user, Evidence shown) {
    return shown.assurance().meets(Assurance.TWO_FACTORS) || !isSetUp(user);
  }

  /** Whether the user may do without this kind: not the last one where everybody needs one. */
  public boolean mayBeRemoved(User user, SecondFactor kind) {
    return rule == Rule.OFFERED || !kinds.contains(kind)
        || kinds.stream().anyMatch(other -> other != kind && other.isSetUp(user));
  }

  /**
   * What the user can be asked for now: all that would be enough, or else all that would bring them
   * closer.
   */
  List<SecondFactor> usable(User user, Evidence shown, Assurance needed) {
    List<SecondFactor> all = kinds.stream()
        .filter(kind -> !shown.includes(kind.gives()) && kind.isSetUp(user)).toList();
    List<SecondFactor> enough = all.stream().filter(kind -> suffices(kind, shown, needed)).toList();
    return enough.isEmpty() ? all : enough;
  }

  /** What the user could set up to get where they have to be. */
  List<SecondFactor> toBeSetUp(User user, Evidence shown, Assurance needed) {
    return kinds.stream().filter(kind -> !kind.isSetUp(user) && suffices(kind, shown, needed))
        .toList();
  }

  /** One entry for each section of the page: what a shown kind needs, nothing for another. */
  Map<String, List<Map<String, String>>> sections(
      List<SecondFactor> shown, User user, String token) {
    Map<String, List<Map<String, String>>> sections = new LinkedHashMap<>();
    SECTIONS.forEach(name -> sections.put(name, List.of()));
    shown.forEach(kind -> sections.put(kind.name(), List.of(kind.section(user, token))));
    return sections;
  }

  private static boolean suffices(SecondFactor kind, Evidence shown, Assurance needed) {
    return shown.and(kind.gives()).assurance().meets(needed);
  }
}
