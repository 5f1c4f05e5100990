package gatehouse.mcp.legacy;

import gatehouse.crypto.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The sessions, each under the principal who opened it.
 *
 * <p>"Session Management": ids are unguessable visible ASCII; an unknown, expired or foreign one is
 * all the same to the caller, who has to initialize again. They live in memory: a restart ends
 * them, which the protocol provides for.
 *
 * <p>Nobody is refused a session. Who has too many loses the one that was idle longest.
 */
final class LegacySessions {
  /**
   * Clients forget to end sessions, and on an open endpoint all callers are one principal. A
   * session at rest takes a kilobyte; what its streams may add, {@link EventLog} bounds.
   */
  static final int MAX_PER_PRINCIPAL = 1_000;

  /** A laptop that slept over lunch comes back to its session; one left overnight does not. */
  static final Duration IDLE = Duration.ofHours(4);

  /** How often principals who never return are looked for. */
  private static final Duration SWEEP = Duration.ofMinutes(10);

  private final Clock clock;
  private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.MIN);

  // The inner maps are ordered by use, eldest first, and touched only inside compute().
  private final Map<String, Map<String, LegacySession>> byPrincipal = new ConcurrentHashMap<>();

  LegacySessions(Clock clock) {
    this.clock = clock;
  }

  /** Keeps the session and gives the id for it, which is kept only as its hash. */
  String open(String principal, LegacySession session) {
    sweep();
    String id = Secrets.handle();
    LegacySession[] evicted = new LegacySession[1];
    byPrincipal.compute(principal, (name, given) -> {
      Map<String, LegacySession> sessions =
          given == null ? new LinkedHashMap<>(16, 0.75f, true) : given;
      sessions.put(Secrets.hash(id), session);
      if (sessions.size() > MAX_PER_PRINCIPAL) {
        evicted[0] = sessions.remove(sessions.keySet().iterator().next());
      }
      return sessions;
    });
    end(evicted[0]);
    return id;
  }

  /** Outside of compute(): what handlers do when they are cancelled must hold up nobody else. */
  private static void end(LegacySession session) {
    if (session != null) {
      session.close();
    }
  }

  /** The session, or null if this principal has none of this id. */
  LegacySession find(String principal, String id) {
    LegacySession[] found = new LegacySession[1];
    byPrincipal.computeIfPresent(principal, (name, sessions) -> {
      LegacySession session = sessions.get(Secrets.hash(id));
      if (session != null && !isIdle(session)) {
        session.use(clock.instant());
        found[0] = session;
      }
      return sessions;
    });
    return found[0];
  }

  /** Ends the session; whether there was one. */
  boolean close(String principal, String id) {
    LegacySession[] found = new LegacySession[1];
    byPrincipal.computeIfPresent(principal, (name, sessions) -> {
      found[0] = sessions.remove(Secrets.hash(id));
      return sessions.isEmpty() ? null : sessions;
    });
    end(found[0]);
    return found[0] != null && !isIdle(found[0]);
  }

  /** How many there are, roughly: the sizes are read while others may change them. */
  int count() {
    return byPrincipal.values().stream().mapToInt(Map::size).sum();
  }

  private void sweep() {
    Instant now = clock.instant();
    Instant due = nextSweep.get();
    if (now.isBefore(due) || !nextSweep.compareAndSet(due, now.plus(SWEEP))) {
      return;
    }
    List<LegacySession> idle = new ArrayList<>();
    for (String principal : byPrincipal.keySet()) {
      byPrincipal.computeIfPresent(principal, (name, sessions) -> {
        sessions.values().stream().filter(this::isIdle).forEach(idle::add);
        sessions.values().removeAll(idle);
        return sessions.isEmpty() ? null : sessions;
      });
    }
    idle.forEach(LegacySessions::end);
  }

  private boolean isIdle(LegacySession session) {
    return !clock.instant().isBefore(session.used().plus(IDLE));
  }
}
