package gatehouse.junit;

import com.eclipsesource.json.JsonObject;
import gatehouse.Gatehouse;
import gatehouse.crypto.Secrets;
import gatehouse.demo.Demo;
import gatehouse.http.Fetch;
import gatehouse.json.Fields;
import gatehouse.login.User;
import gatehouse.oauth.client.DocumentTrust;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocketFactory;

/**
 * A Gatehouse for tests: the real server with the real protocol, and everything a test has to have
 * in its hands: time, approval without a browser, tokens right and wrong, misfortune, and a record
 * of all that was asked.
 *
 * <pre>{@code
 * try (TestGatehouse gatehouse = TestGatehouse.start()) {
 *   String token = gatehouse.token("alice", "account:read");
 *   assertEquals(200, call(gatehouse.mcpUrl(), token));
 * }
 * }</pre>
 *
 * <p>With Jupiter there is {@link GatehouseTest}; this class knows nothing of JUnit, and serves
 * JUnit 4, TestNG and plain code as it is. It listens on loopback, at a free port, and shares
 * nothing with others of its kind: as many as you like may run side by side. Safe for use by many
 * threads.
 *
 * <p>It is not for the public: it signs in as anybody for whoever has this object.
 */
public final class TestGatehouse implements AutoCloseable {
  /** Nothing on loopback is slower; a test that waits longer waits for what never comes. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Who approves if a test does not say. */
  private static final String SOMEBODY = "alice";

  private final VirtualClock clock = new VirtualClock();
  private final AtomicReference<ClientDocuments> documents = new AtomicReference<>();
  private final Backstage backstage;
  private final Gatehouse gatehouse;

  private TestGatehouse(Builder builder) {
    backstage = new Backstage(clock, builder.approver, builder.likenesses);
    Gatehouse.Builder settings = Gatehouse.builder().port(0)
        .documentTrust(DocumentTrust.any().development(true))
        .fetch(new Fetch(InetAddress::getAllByName, this::trusted, true))
        .testKeys(KeyPool.forOneOwner())
        .audit(line -> { }); // What happened, the requests tell; the build's output need not.
    if (builder.settings == null) {
      settings.demo();
      Demo.USERS.forEach(backstage.signIn::knows);
    } else {
      builder.settings.apply(settings);
    }
    gatehouse = Backstage.inBackground(settings.clock(clock).intercept(backstage)::start);
    backstage.attach(gatehouse);
    // Verifiers wait half a second for a key set, and a key may take as long to make.
    gatehouse.keys().current();
    builder.users.forEach(this::user);
  }

  /** Starts the account server: users alice and bob, seven tools, scopes to read and to write. */
  public static TestGatehouse start() {
    return builder().start();
  }

  /** Begins to describe a server; see {@link Builder}. */
  public static Builder builder() {
    return new Builder();
  }

  /** The issuer of its tokens: what a resource server has to know, and all it has to know. */
  public String issuer() {
    return gatehouse.issuer();
  }

  /** What MCP clients connect to. */
  public String mcpUrl() {
    return gatehouse.mcpUrl();
  }

  /** The URL of a path under the issuer, such as {@code /token}. */
  public String url(String path) {
    return gatehouse.issuer() + path;
  }

  /** The server itself: its users, clients, scopes, tools, keys and policy, to be changed. */
  public Gatehouse server() {
    return gatehouse;
  }

  /** The clock that all of it goes by. */
  public VirtualClock clock() {
    return clock;
  }

  /** Adds a user without a password, who can only be approved for. */
  public TestGatehouse user(String name) {
    String nobodyKnows = Secrets.handle();
    backstage.signIn.knows(name, nobodyKnows);
    gatehouse.users().add(User.named(name), nobodyKnows);
    return this;
  }

  /** Adds a public client that need not register. */
  public TestGatehouse client(String id, String... redirectUris) {
    gatehouse.clients().add(Fields.of(new JsonObject().add("client_id", id)
        .add("client_name", id).add("redirect_uris", Fields.array(List.of(redirectUris)))));
    return this;
  }

  /** A good access token for a user, with these scopes or those of a first connection. */
  public String token(String user, String... scopes) {
    TokenOrder order = tokenFor(user);
    return (scopes.length == 0 ? order : order.scopes(scopes)).issue();
  }

  /** Begins to order an access token, good or deliberately wrong. */
  public TokenOrder tokenFor(String user) {
    return new TokenOrder(gatehouse, clock, user);
  }

  /**
   * Stands in for the person at the browser.
   *
   * @param authorizationUrl what the client would open there
   * @throws IllegalArgumentException if it does not lead to this server
   */
  public PendingApproval approve(String authorizationUrl) {
    if (!authorizationUrl.startsWith(issuer() + "/")) {
      throw new IllegalArgumentException(
          "this server is " + issuer() + "; the URL is " + Blanked.url(authorizationUrl));
    }
    return new PendingApproval(
        gatehouse, backstage.recorder, backstage.browser(), authorizationUrl, SOMEBODY);
  }

  /** The same as {@link #approve(String)}. */
  public PendingApproval approve(URI authorizationUrl) {
    return approve(authorizationUrl.toString());
  }

  /** Everything it was asked so far; see {@link Requests}. */
  public Requests requests() {
    return backstage.recorder.all();
  }

  /**
   * The next request that was not taken yet; waits for it, at most ten seconds.
   *
   * @throws AssertionError with a transcript, if none comes
   */
  public RecordedRequest takeRequest() {
    return backstage.recorder.take("/*", PATIENCE);
  }

  /**
   * The next request to an address after the one that was taken last; waits for it, at most ten
   * seconds. Requests to other addresses in between are passed over.
   *
   * @param path under the issuer, such as {@code /token}
   * @throws AssertionError with a transcript, if none comes
   */
  public RecordedRequest takeRequest(String path) {
    return backstage.recorder.take(path, PATIENCE);
  }

  /** What was asked and decided, to be read by a person: for the message of an assertion. */
  public String transcript() {
    return requests().toString();
  }

  /** Begins to write down a misfortune at an address under the issuer, such as {@code /token}. */
  public Misfortune on(String path) {
    return new Misfortune(gatehouse, clock, backstage.script, path);
  }

  /** Begins to write down a misfortune of refreshing, which happens at {@code /token} as well. */
  public Misfortune onRefresh() {
    return on("/token").when(request ->
        request.hasMediaType("application/x-www-form-urlencoded")
            && "refresh_token".equals(request.form().get("grant_type")));
  }

  /** Becomes like other kinds of servers from now on; like none, it is itself again. */
  public TestGatehouse actLike(Likeness... others) {
    backstage.actLike(Set.of(others));
    return this;
  }

  /** The web server on which this test's clients have their metadata documents. */
  public synchronized ClientDocuments documents() {
    if (documents.get() == null) {
      documents.set(Backstage.inBackground(() -> ClientDocuments.start(clock)));
    }
    return documents.get();
  }

  /** Our own host of documents, if there is one; else whom the system trusts. */
  private SSLSocketFactory trusted() {
    ClientDocuments host = documents.get();
    return host != null ? host.trust() : (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  /** Forgets requests, misfortunes and likenesses; users, tokens and time stay as they are. */
  public void forget() {
    backstage.script.clear();
    backstage.actLike(Set.of());
    backstage.recorder.forget();
  }

  /** Stops it, and what belongs to it. Doing so again does nothing. */
  @Override
  public void close() {
    backstage.script.close();
    ClientDocuments host = documents.getAndSet(null);
    if (host != null) {
      host.close();
    }
    gatehouse.close();
  }

  /** What a server for tests is to be. One builder may start several, each of its own. */
  public static final class Builder {
    private UnaryOperator<Gatehouse.Builder> settings;
    private String approver;
    private Set<Likeness> likenesses = Set.of();
    private final Set<String> users = new LinkedHashSet<>();

    private Builder() {
    }

    /**
     * The server by its own builder, instead of the account server. Port and clock are set already,
     * documents of clients may be on loopback, and signing keys come from a pool that all in this
     * JVM share, as making one takes longer than a whole test; {@code testKeys(null)} makes them.
     * An interceptor is replaced by the one that records, see {@link Misfortune#around}.
     */
    public Builder server(UnaryOperator<Gatehouse.Builder> description) {
      settings = description;
      return this;
    }

    /** Users without passwords, who can only be approved for; more than those of the server. */
    public Builder users(String... names) {
      users.addAll(List.of(names));
      return this;
    }

    /** Like another kind of server from the start. */
    public Builder like(Likeness... others) {
      likenesses = Set.of(others);
      return this;
    }

    /** As {@link #approvesEverythingWithoutAsking(String)}, in the name of alice. */
    public Builder approvesEverythingWithoutAsking() {
      return approvesEverythingWithoutAsking(SOMEBODY);
    }

    /**
     * Whoever opens an authorization URL is sent back to the client at once, with everything that
     * was asked for granted: no page, no question, no cookie. For clients that open the URL by
     * themselves.
     *
     * @param user who approves, unless {@code login_hint} names another
     */
    public Builder approvesEverythingWithoutAsking(String user) {
      approver = user;
      return this;
    }

    /** Starts it. */
    public TestGatehouse start() {
      return new TestGatehouse(this);
    }
  }
}
