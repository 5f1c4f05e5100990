package gatehouse.login;

import gatehouse.http.RateLimit;
import gatehouse.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * How often a password may be tried (RFC 6749 §10.10), so that whoever guesses gets nowhere and
 * nobody else is kept out by it.
 *
 * <pre>
 *   has this person signed in with this browser before?
 *     yes ──► this browser, for this person
 *     no  ──► this network, for this name ──► this network ──► this name, from everywhere
 * </pre>
 *
 * <p>The narrow limits come first: one network does not use up what all others together have for a
 * name. If thousands do, strangers wait for as long as that lasts, and the owner goes on signing in
 * with the browser of last time, with a passkey, or at an upstream provider: none of these is
 * counted here. Names nobody has are counted like all others.
 */
public final class Guesses {
  /** A person mistypes a few times; a stolen browser has 480 guesses a day. */
  private static final int BY_BROWSER = 20;
  private static final Duration BROWSER_PERIOD = Duration.ofHours(1);

  private static final int BY_NETWORK_AND_NAME = 10;
  private static final Duration NETWORK_AND_NAME_PERIOD = Duration.ofMinutes(10);

  /** An office of fifty signs in behind one address. */
  private static final int BY_NETWORK = 200;
  private static final Duration NETWORK_PERIOD = Duration.ofMinutes(5);

  /** More than four networks have by themselves; two million a year from all the world. */
  private static final int BY_NAME = 250;
  private static final Duration NAME_PERIOD = Duration.ofHours(1);

  /** Longer than a user's can be; so the memory has a bound. */
  private static final int MAX_NAME = 256;

  private final KnownBrowsers browsers;
  private final RateLimit byBrowser;
  private final RateLimit byNetworkAndName;
  private final RateLimit byNetwork;
  private final RateLimit byName;

  public Guesses(KnownBrowsers browsers, Clock clock) {
    this.browsers = browsers;
    byBrowser = new RateLimit(BY_BROWSER, BROWSER_PERIOD, clock);
    byNetworkAndName = new RateLimit(BY_NETWORK_AND_NAME, NETWORK_AND_NAME_PERIOD, clock);
    byNetwork = new RateLimit(BY_NETWORK, NETWORK_PERIOD, clock);
    byName = new RateLimit(BY_NAME, NAME_PERIOD, clock);
  }

  /** The limits by name, for whoever counts how often they refuse. */
  public Map<String, RateLimit> limits() {
    return Map.of("passwords_by_browser", byBrowser,
        "passwords_by_network_and_name", byNetworkAndName,
        "passwords_by_network", byNetwork, "passwords_by_name", byName);
  }

  /** Whether that person has signed in with this browser before. */
  boolean isKnown(Request request, String name) {
    return browsers.find(request, name) != null;
  }

  /** Counts an attempt before it is looked at; zero, or for how many seconds it has to wait. */
  long take(Request request, String name) {
    String browser = browsers.find(request, name);
    if (browser != null) {
      return byBrowser.take(key(browser, name));
    }
    String network = request.network();
    long wait = byNetworkAndName.take(key(network, name));
    wait = wait > 0 ? wait : byNetwork.take(network);
    return wait > 0 ? wait : byName.take(key("", name));
  }

  /** It was right: mistakes made on the way are forgotten. */
  void forget(Request request, String name) {
    String browser = browsers.find(request, name);
    if (browser != null) {
      byBrowser.forget(key(browser, name));
    }
    byNetworkAndName.forget(key(request.network(), name));
  }

  private static String key(String where, String name) {
    return where + " " + name.substring(0, Math.min(MAX_NAME, name.length()));
  }
}
