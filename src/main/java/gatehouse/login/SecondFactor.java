package gatehouse.login;

import gatehouse.html.Text;
import java.util.Map;

/**
 * One kind of second factor. It owns its facts: the page, the set-up choices and the policy are
 * derived from the list of those that the operator offers.
 */
public interface SecondFactor {
  /** The name of its section in {@code second_factor.html}. */
  String name();

  /** What people call it. */
  Text title();

  /** What it adds to what has been shown before. */
  Evidence gives();

  /** Where it is set up, under the issuer. */
  String setUpPath();

  /** Whether the user can be asked for it. */
  boolean isSetUp(User user);

  /**
   * What its section needs.
   *
   * @param token the page's form token
   */
  Map<String, String> section(User user, String token);
}
