package gatehouse.oauth;

import gatehouse.http.RateLimit;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * How much strangers may register. Who registers a lot without ever leading a user to allow
 * anything is not refused at first: what they register is only forgotten sooner.
 */
final class RegistrationLimits {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Hosted clients register for many users from one address; a test suite does two a second. */
  private static final int BY_NETWORK = 120;

  /** Those that say the same of themselves, from wherever. */
  private static final int BY_SOFTWARE = 1_000;

  /** From everywhere: with half an hour's life each, a hundred thousand rows at most. */
  private static final int IN_ALL = 3_000;

  /** Those that wait two days for their first use, from one network and from all. */
  private static final Duration DAY = Duration.ofDays(1);
  private static final int LASTING_BY_NETWORK = 500;
  private static final int LASTING_IN_ALL = 20_000;

  final RateLimit byNetwork;
  final RateLimit bySoftware;
  final RateLimit inAll;
  private final RateLimit lastingByNetwork;
  private final RateLimit lastingInAll;

  RegistrationLimits(Clock clock) {
    byNetwork = new RateLimit(BY_NETWORK, MINUTE, clock);
    bySoftware = new RateLimit(BY_SOFTWARE, MINUTE, clock);
    inAll = new RateLimit(IN_ALL, MINUTE, clock);
    lastingByNetwork = new RateLimit(LASTING_BY_NETWORK, DAY, clock);
    lastingInAll = new RateLimit(LASTING_IN_ALL, DAY, clock);
  }

  Map<String, RateLimit> byName() {
    return Map.of("registrations_by_network", byNetwork, "registrations_by_software", bySoftware,
        "registrations_in_all", inAll, "lasting_registrations_by_network", lastingByNetwork,
        "lasting_registrations_in_all", lastingInAll);
  }

  /** Whether a registration from there may wait for days to be used. */
  boolean mayLast(String network) {
    return lastingByNetwork.take(network) == 0 && lastingInAll.take("") == 0;
  }
}
