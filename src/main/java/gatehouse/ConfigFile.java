package gatehouse;

import gatehouse.guard.AuthorizationServer;
import gatehouse.json.Fields;
import gatehouse.login.SecondFactors;
import gatehouse.login.UpstreamProvider;
import gatehouse.login.User;
import gatehouse.oauth.Scope;
import gatehouse.oauth.client.DocumentTrust;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the configuration file has beyond the flags: users, clients, scopes, policies, lifetimes.
 * Each is read into the builder; a mistake is one sentence for the operator.
 */
final class ConfigFile {
  private final Gatehouse.Builder builder;
  private final Map<String, Set<String>> toolScopes = new TreeMap<>();
  private boolean hasUsers;

  ConfigFile(Gatehouse.Builder builder) {
    this.builder = builder;
  }

  /** Whether it names users, so that the demo's are not wanted. */
  boolean hasUsers() {
    return hasUsers;
  }

  /** By tool, the scopes that name it. */
  Map<String, Set<String>> toolScopes() {
    return toolScopes;
  }

  /**
   * Reads one member of the file.
   *
   * @throws IllegalArgumentException if there is no such setting, or its value is wrong
   */
  void read(Fields config, String name) {
    switch (name) {
      case "users" -> config.objects(name).forEach(this::user);
      case "clients" -> config.objects(name).forEach(client -> builder.client(client.json()));
      case "scopes" -> config.objects(name).forEach(this::scope);
      case "lifetimes" -> lifetimes(config.object(name));
      case "origins" -> config.texts(name).forEach(builder::allowOrigin);
      case "registration", "registration-tokens" -> registration(config);
      case "client-documents" -> documents(config.object(name));
      case "silent-consent" -> {
        boolean silent = config.flag(name, false);
        builder.policy(policy -> policy.silentForAnyClient(silent));
      }
      case "sign-in" -> signIn(config.texts(name));
      case "second-factor" -> builder.secondFactor = secondFactor(config.needText(name));
      case "upstreams" -> config.objects(name).forEach(this::upstream);
      case "authorization-servers" -> config.objects(name).forEach(this::authorizationServer);
      case "name" -> builder.name(config.needText(name));
      case "instructions" -> builder.instructions(config.needText(name));
      case "access-token-type" -> builder.policy(p -> p.accessTokenType(config.needText(name)));
      default -> throw new IllegalArgumentException("unknown setting '" + name + "'");
    }
  }

  private void user(Fields fields) {
    String userName = fields.needText("name");
    builder.user(new User(userName, fields.text("display-name", userName), fields.text("email"),
        fields.text("password-hash")), fields.text("password"));
    hasUsers = true;
  }

  private void scope(Fields fields) {
    String scopeName = fields.needText("name");
    // A tool named here needs the scopes that name it, and no longer those it was written with.
    fields.texts("tools").forEach(tool ->
        toolScopes.computeIfAbsent(tool, t -> new TreeSet<>()).add(scopeName));
    builder.scope(new Scope(scopeName, fields.text("title", ""),
        fields.text("description", ""),
        fields.flag("base", false) ? Scope.Kind.BASE : Scope.Kind.OPTIONAL,
        Set.copyOf(fields.texts("implies"))));
  }

  private void registration(Fields config) {
    String who = config.text("registration", config.has("registration-tokens") ? "token" : "open");
    List<String> tokens = config.texts("registration-tokens");
    if (!List.of("open", "token", "off").contains(who) || who.equals("token") == tokens.isEmpty()) {
      throw new IllegalArgumentException("'registration' must be open, off, or token together with "
          + "'registration-tokens'");
    }
    if (who.equals("off")) {
      builder.noRegistration();
    } else if (who.equals("token")) {
      builder.registrationTokens(tokens.toArray(String[]::new));
    }
  }

  private void documents(Fields fields) {
    DocumentTrust.Level level = switch (fields.text("trust", "any")) {
      case "any" -> DocumentTrust.Level.ANY;
      case "listed" -> DocumentTrust.Level.LISTED;
      case "none" -> DocumentTrust.Level.NONE;
      default -> throw new IllegalArgumentException("'trust' must be any, listed or none");
    };
    builder.documentTrust(new DocumentTrust(level, Set.copyOf(fields.texts("hosts")),
        builder.documentTrust.development()));
  }

  private void signIn(List<String> ways) {
    if (ways.isEmpty() || !List.of("password", "passkey", "totp").containsAll(ways)) {
      throw new IllegalArgumentException("'sign-in' lists some of password, passkey, totp");
    }
    builder.passwords = ways.contains("password");
    builder.passkeys = ways.contains("passkey");
    builder.totp = ways.contains("totp");
  }

  private static SecondFactors.Rule secondFactor(String rule) {
    return switch (rule) {
      case "offered" -> SecondFactors.Rule.OFFERED;
      case "demanded" -> SecondFactors.Rule.DEMANDED;
      default -> throw new IllegalArgumentException("'second-factor' is offered or demanded");
    };
  }

  private void upstream(Fields fields) {
    UpstreamProvider.Unknown unknown = switch (fields.text("unknown", "refuse")) {
      case "refuse" -> UpstreamProvider.Unknown.REFUSE;
      case "link-by-email" -> UpstreamProvider.Unknown.LINK_BY_EMAIL;
      case "create" -> UpstreamProvider.Unknown.CREATE;
      default -> throw new IllegalArgumentException(
          "'unknown' of an upstream is refuse, link-by-email or create");
    };
    String id = fields.needText("id");
    builder.upstreams.add(UpstreamProvider.of(id, fields.text("title", id),
        fields.needText("issuer"), fields.needText("client-id"), fields.text("client-secret"),
        unknown));
  }

  private void authorizationServer(Fields fields) {
    builder.authorizationServers(new AuthorizationServer(fields.needText("issuer"),
        fields.text("audience"), fields.text("client-id"), fields.text("client-secret")));
  }

  private void lifetimes(Fields fields) {
    for (String what : fields.json().names()) {
      long seconds = fields.number(what, 0);
      if (seconds < 1) {
        throw new IllegalArgumentException("lifetime '" + what + "' must be a number of seconds");
      }
      builder.policy(policy -> policy.lifetime(what, Duration.ofSeconds(seconds)));
    }
  }
}
