package gatehouse;

import gatehouse.json.Fields;
import gatehouse.login.User;
import gatehouse.oauth.Scopes;
import gatehouse.oauth.client.PreRegistered;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Reads the configuration file again when it has changed, and brings users, clients, scopes and
 * lifetimes to what it says now. Everything else in it counts from the next start on.
 *
 * <p>Only what differs from the last reading is touched. A file with a mistake changes nothing: the
 * mistake is logged, and the next change of the file is looked at again.
 */
final class Reload implements Runnable {
  private static final System.Logger LOG = System.getLogger("gatehouse.config");

  private final Wiring wiring;
  private final FileStamp stamp;
  private Settings last;

  /**
   * Looks after the file.
   *
   * @param begun the settings of the start, which know their file and how to read it again
   */
  Reload(Settings begun, Wiring wiring) {
    this.wiring = wiring;
    this.last = begun;
    this.stamp = new FileStamp(begun.configFile);
  }

  @Override
  public void run() {
    if (!stamp.hasChanged()) {
      return;
    }
    Settings next;
    try {
      next = last.again.get();
      check(next);
    } catch (IllegalArgumentException e) {
      String file = "--config " + last.configFile + ": ";
      String what = e.getMessage().startsWith(file) ? e.getMessage() : file + e.getMessage();
      LOG.log(System.Logger.Level.ERROR, what + " What was read before stays.");
      return;
    }
    wiring.scopes.replace(next.scopes.values());
    wiring.policy.set(next.policy);
    int clients = clients(byId(last), byId(next));
    int users = users(last.users, next.users);
    last = next;
    wiring.audit.record("configuration", "read",
        "users", "" + users, "clients", "" + clients);
  }

  /** All that could go wrong has to go wrong before anything is changed. */
  private void check(Settings next) {
    SafeSettings.require(next);
    PreRegistered clients = new PreRegistered();
    next.clients.forEach(clients::add);
    wiring.requireKnown(new Scopes(next.scopes.values()));
  }

  /** How many were added, changed or removed. */
  private int users(Map<User, String> before, Map<User, String> after) {
    int changed = 0;
    for (Map.Entry<User, String> entry : after.entrySet()) {
      User user = entry.getKey();
      String password = entry.getValue();
      if (!before.containsKey(user) || !Objects.equals(before.get(user), password)) {
        changed++;
        if (password == null) {
          wiring.users.add(user);
        } else {
          wiring.users.add(user, password);
        }
        if (hasAnotherPassword(user, before, after)) {
          // Who knew the old one is to be out, whoever that was.
          wiring.sessions.endAll(user);
          wiring.connected.endAll(user);
        }
      }
    }
    for (User user : before.keySet()) {
      if (after.keySet().stream().noneMatch(kept -> kept.name().equals(user.name()))) {
        changed++;
        wiring.users.remove(user.name());
        // Or they would hold again for whoever gets the name later.
        wiring.sessions.endAll(user);
        wiring.connected.endAll(user);
        wiring.audit.record("user", "removed", "user", user.name());
      }
    }
    return changed;
  }

  private static boolean hasAnotherPassword(
      User user, Map<User, String> before, Map<User, String> after) {
    return before.keySet().stream().anyMatch(known -> known.name().equals(user.name())
        && !(Objects.equals(known.passwordHash(), user.passwordHash())
            && Objects.equals(before.get(known), after.get(user))));
  }

  private int clients(Map<String, Fields> before, Map<String, Fields> after) {
    int changed = 0;
    for (Map.Entry<String, Fields> entry : after.entrySet()) {
      Fields known = before.get(entry.getKey());
      if (known == null || !known.json().equals(entry.getValue().json())) {
        changed++;
        wiring.preRegistered.add(entry.getValue());
      }
    }
    for (String id : before.keySet()) {
      if (!after.containsKey(id)) {
        changed++;
        wiring.preRegistered.remove(id);
        wiring.grants.revokeIf(grant -> grant.clientId().equals(id));
        wiring.audit.record("registration", "removed", "client", id);
      }
    }
    return changed;
  }

  private static Map<String, Fields> byId(Settings settings) {
    Map<String, Fields> clients = new LinkedHashMap<>();
    settings.clients.forEach(client -> clients.put(client.needText("client_id"), client));
    return clients;
  }
}
