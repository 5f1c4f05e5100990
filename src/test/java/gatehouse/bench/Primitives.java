package gatehouse.bench;

import com.eclipsesource.json.JsonValue;
import gatehouse.crypto.Secrets;
import gatehouse.guard.Access;
import gatehouse.guard.TokenVerifier.InvalidToken;
import gatehouse.http.Form;
import gatehouse.http.Response;
import gatehouse.http.Route;
import gatehouse.http.Router;
import gatehouse.jose.KeyRing;
import gatehouse.json.Fields;
import gatehouse.login.Evidence;
import gatehouse.login.Passwords;
import gatehouse.login.User;
import gatehouse.login.Users;
import gatehouse.oauth.AccessTokens;
import gatehouse.oauth.Grants;
import gatehouse.oauth.Policy;
import gatehouse.oauth.Scopes;
import gatehouse.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What every tool call and every token is made of, each alone; run by {@link PrimitivesPart}. */
@State(Scope.Benchmark)
public class Primitives {
  private static final String ISSUER = "http://localhost:8080";
  private static final String MCP = ISSUER + "/mcp";

  private final Clock clock = Clock.systemUTC();
  private final MemoryStore store = new MemoryStore(clock);
  private final KeyRing keys = new KeyRing(store, clock);
  private final Users users = new Users(new Passwords(), store);
  private final Grants grants = new Grants(store, users, Policy::defaults, clock);
  private final Scopes scopes =
      new Scopes(List.of(gatehouse.oauth.Scope.base("account:read", "Read", "")));
  private final AccessTokens tokens = tokens();
  private final AccessTokens.Content content;
  private final String token;

  private final byte[] call = ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
      + "\"params\":{\"name\":\"get_account\",\"arguments\":{},\"_meta\":{"
      + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
      + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}").getBytes(StandardCharsets.UTF_8);
  private final Router router = new Router(Stream.of("/authorize", "/token", "/register", "/jwks",
          "/revoke", "/login", "/consent", "/mcp", "/assets/*")
      .map(path -> Route.route("POST", path, request -> (Response) null)).toList());

  public Primitives() {
    users.add(User.named("alice"));
    Grants.Grant grant = grants.begin("alice", "client", "Client", "127.0.0.1",
        Set.of("account:read"), Set.of(MCP), clock.instant(), Evidence.PASSWORD);
    content = new AccessTokens.Content("alice", "client", grant.id(), Set.of("account:read"),
        Set.of(MCP));
    token = tokens.mint(content);
  }

  private AccessTokens tokens() {
    return new AccessTokens(ISSUER, MCP, Set.of(MCP), keys, scopes, grants, store,
        Policy::defaults, clock);
  }

  @Benchmark
  public Access verifyRemembered() throws InvalidToken {
    return tokens.verify(token);
  }

  /** By a verifier that has not seen it. */
  @Benchmark
  public Access verifyAnew() throws InvalidToken {
    return tokens().verify(token);
  }

  /** With the JDK's RSA-2048 signature, which is nearly all of it. */
  @Benchmark
  public String mint() {
    return tokens.mint(content);
  }

  @Benchmark
  public String hashOfToken() {
    return Secrets.hash(token);
  }

  @Benchmark
  public JsonValue readToolCall() {
    return Fields.read(call);
  }

  @Benchmark
  public Map<String, Route> route() {
    return router.at("/mcp");
  }

  @Benchmark
  public Form readForm() {
    return Form.parse("grant_type=authorization_code&client_id=bmAHxTL4Y0fS7jEhSeR8N2Vx&"
        + "redirect_uri=http%3A%2F%2F127.0.0.1%3A8765%2Fcallback&code=SeR8N2Vx6vG1pQdK3wZtUoIa5cM&"
        + "code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  }
}
