package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.html.Text;
import gatehouse.login.Connected;
import gatehouse.login.User;
import gatehouse.oauth.client.Client;
import gatehouse.oauth.client.Clients;
import gatehouse.oauth.client.DocumentTrust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Grants as their user sees them: many of one client are one entry, and end together. With them
 * goes what was agreed to, so the client has to ask again.
 *
 * <p>What a client is called, and where it is, is what it said when it was allowed: looking at a
 * list must not fetch documents from strangers.
 */
public final class ConnectedApps implements Connected {
  private final Grants grants;
  private final Consents consents;
  private final Clients clients;
  private final DocumentTrust trust;
  private final Scopes scopes;

  public ConnectedApps(Grants grants, Consents consents, Clients clients, DocumentTrust trust,
      Scopes scopes) {
    this.grants = grants;
    this.consents = consents;
    this.clients = clients;
    this.trust = trust;
    this.scopes = scopes;
  }

  @Override
  public List<App> of(User user) {
    Map<String, List<Grants.Listed>> byClient = new LinkedHashMap<>();
    for (Grants.Listed listed : grants.of(user.name())) {
      byClient.computeIfAbsent(listed.grant().clientId(), id -> new ArrayList<>()).add(listed);
    }
    List<App> apps = new ArrayList<>();
    byClient.forEach((id, all) -> apps.add(app(id, all)));
    apps.sort(Comparator.comparing(App::used).reversed());
    return apps;
  }

  private App app(String id, List<Grants.Listed> all) {
    Grants.Listed newest = all.get(0);
    Instant used = newest.used();
    Set<Text> titles = new LinkedHashSet<>();
    for (Grants.Listed listed : all) {
      newest = listed.begun().isAfter(newest.begun()) ? listed : newest;
      used = listed.used().isAfter(used) ? listed.used() : used;
      listed.grant().scopes().forEach(name -> titles.add(title(name)));
    }
    Client client = new Client(id, clients.source(id),
        new JsonObject().add("client_name", newest.name()), null);
    Map<String, Object> known = trust.describe(client);
    String host = known.get("document").equals(true) ? known.get("host").toString() : newest.host();
    return new App(id, newest.name(), known.get("verified").equals(true), host,
        List.copyOf(titles), newest.begun(), used);
  }

  /** The title; the name of a scope that is no more. */
  private Text title(String name) {
    Scope scope = scopes.find(name);
    return scope == null ? Text.plain(name) : scope.label();
  }

  @Override
  public boolean end(User user, String id) {
    boolean any = false;
    for (Grants.Listed listed : grants.of(user.name())) {
      if (listed.grant().clientId().equals(id)) {
        grants.revoke(listed.grant().id());
        any = true;
      }
    }
    consents.forget(user, id);
    return any;
  }

  @Override
  public void endAll(User user) {
    grants.of(user.name()).forEach(listed -> grants.revoke(listed.grant().id()));
    consents.forget(user, null);
  }
}
