package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.http.Form;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.oauth.client.Client;
import gatehouse.oauth.client.ClientAuthentication;
import gatehouse.store.Store;
import java.time.Clock;
import java.time.Duration;
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

  /** What proves the client is not part of its request. */
  private static final Set<String> CREDENTIALS =
      Set.of("client_secret", "client_assertion", "client_assertion_type");

  private static final String TABLE = "pushed_requests";

  private final ClientAuthentication authentication;
  private final AuthorizationRequests requests;
  private final Store store;
  private final Clock clock;

  public PushedRequests(ClientAuthentication authentication, AuthorizationRequests requests,
      Store store, Clock clock) {
    this.authentication = authentication;
    this.requests = requests;
    this.store = store;
    this.clock = clock;
  }

  /** POST. */
  public Response push(Request request) {
    Form form = request.form();
    Client client = authentication.authenticate(request, form);
    if (form.get("request_uri") != null) {
      throw new OAuthError("invalid_request", "request_uri cannot be pushed."); // §2.1
    }
    Form asked = form.without(CREDENTIALS).with("client_id", client.id());
    requests.check(requests.prove(request, asked));
    String handle = Secrets.handle();
    store.put(TABLE, Secrets.hash(handle), new JsonObject()
        .add("client", client.id())
        .add("form", asked.encoded()), clock.instant().plus(LIFETIME));
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
}
