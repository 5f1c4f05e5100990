package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.http.Form;
import gatehouse.http.Limits;
import gatehouse.http.RateLimit;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.oauth.client.Client;
import gatehouse.oauth.client.ClientAuthentication;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * {@code /par} (RFC 9126): a client sends its authorization request directly, checked as it would
 * be at the authorization endpoint, and gets a handle for the browser to carry. The handle is good
 * once.
 */
public final class PushedRequests {
  /** RFC 9126 §2.2. */
  private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

  /** The browser is sent on at once; §2.2 suggests 5 to 600 s. */
  private static final Duration LIFETIME = Duration.ofSeconds(90);

  /** What the link would carry instead has to fit into a URL as well. */
  private static final int MAX_CHARS = Limits.TARGET_CHARS;

  /** Five people a second begin with one client, and twenty from one network. */
  private static final int BY_CLIENT = 300;
  private static final int BY_NETWORK = 1_200;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** What proves the client is not part of its request. */
  private static final Set<String> CREDENTIALS =
      Set.of("client_secret", "client_assertion", "client_assertion_type");

  private static final String TABLE = "pushed_requests";

  private final ClientAuthentication authentication;
  private final AuthorizationRequests requests;
  private final Store store;
  private final Clock clock;
  private final RateLimit byClient;
  private final RateLimit byNetwork;

  public PushedRequests(ClientAuthentication authentication, AuthorizationRequests requests,
      Store store, Clock clock) {
    this.authentication = authentication;
    this.requests = requests;
    this.store = store;
    this.clock = clock;
    this.byClient = new RateLimit(BY_CLIENT, PERIOD, clock);
    this.byNetwork = new RateLimit(BY_NETWORK, PERIOD, clock);
  }

  /** POST. */
  public Response push(Request request) {
    Form form = request.form();
    Client client = authentication.authenticate(request, form);
    if (form.get("request_uri") != null) {
      throw new OAuthError("invalid_request", "request_uri cannot be pushed."); // §2.1
    }
    // Anybody can push for a public client: a stranger must not use up what it has for all.
    long wait = byClient.take(
        client.isPublic() ? client.id() + "\n" + request.network() : client.id());
    wait = wait > 0 ? wait : byNetwork.take(request.network());
    if (wait > 0) {
      throw OAuthError.tooMany("Too many requests are being pushed.", wait);
    }
    Form asked = form.without(CREDENTIALS).with("client_id", client.id());
    requests.check(requests.prove(request, asked));
    String text = asked.encoded();
    if (text.length() > MAX_CHARS) {
      throw new OAuthError("invalid_request", "The request is longer than any URL could be.");
    }
    String handle = Secrets.handle();
    store.put(TABLE, Secrets.hash(handle), new JsonObject()
        .add("client", client.id())
        .add("form", text), clock.instant().plus(LIFETIME));
    return Response.json(201, new JsonObject()
        .add("request_uri", PREFIX + handle)
        .add("expires_in", LIFETIME.toSeconds()));
  }

  /** Whether the request names a pushed one; a request_uri of another kind is not supported. */
  static boolean isNamedBy(Form form) {
    return form.get("request_uri", "").startsWith(PREFIX);
  }

  /**
   * The pushed request; everything else in the browser's request is ignored (RFC 9101 §6.3).
   *
   * @throws OAuthError {@code invalid_request_uri} if it is unknown, late, used, or another
   *     client's
   */
  Form take(Form form) {
    String key = Secrets.hash(form.get("request_uri").substring(PREFIX.length()));
    JsonObject row = store.get(TABLE, key);
    boolean own = row != null && row.get("client").asString().equals(form.get("client_id"));
    // Another client's attempt must not spend it.
    if (!own || store.take(TABLE, key) == null) {
      throw new OAuthError("invalid_request_uri",
          "The request that this link stands for is unknown, has expired or was used before.");
    }
    return Form.parse(row.get("form").asString());
  }

  /** Its limits, by name. */
  public Map<String, RateLimit> limits() {
    return Map.of("pushes_by_client", byClient, "pushes_by_network", byNetwork);
  }
}
