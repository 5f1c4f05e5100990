package gatehouse.login;

import java.util.List;

/**
 * What somebody can sign in with, so that nobody takes away their own last way in: no operator is
 * there at night to let them in again.
 *
 * <p>It counts first factors. Whether a second one may go is {@link SecondFactors#mayBeRemoved}.
 */
public final class WaysIn {
  private final boolean passwords;
  private final SecondFactor passkeys;
  private final Users users;
  private final List<UpstreamProvider> upstreams;
  private final UpstreamLinks links;

  /**
   * The rule.
   *
   * @param passwords whether people sign in by password here
   * @param passkeys what knows who has one, or null if nobody signs in by passkey here
   * @param upstreams where people may sign in instead; a link to any other opens nothing
   */
  public WaysIn(boolean passwords, SecondFactor passkeys, Users users,
      List<UpstreamProvider> upstreams, UpstreamLinks links) {
    this.passwords = passwords;
    this.passkeys = passkeys;
    this.users = users;
    this.upstreams = List.copyOf(upstreams);
    this.links = links;
  }

  /** Whether the user gets in without any passkey. */
  public boolean withoutPasskeys(User user) {
    return hasPassword(user) || !usable(user).isEmpty();
  }

  /** Whether the user gets in without this link; who came into being by it is nobody without. */
  boolean mayUnlink(User user, String key) {
    boolean isOrigin =
        links.of(user).stream().anyMatch(link -> link.key().equals(key) && link.isOrigin());
    return !isOrigin && (hasPassword(user)
        || usable(user).stream().anyMatch(link -> !link.key().equals(key))
        || passkeys != null && passkeys.isSetUp(user));
  }

  private List<UpstreamLinks.Link> usable(User user) {
    return links.of(user).stream().filter(link -> upstreams.stream()
        .anyMatch(provider -> provider.issuer().equals(link.issuer()))).toList();
  }

  private boolean hasPassword(User user) {
    return passwords && users.havePassword(user);
  }
}
