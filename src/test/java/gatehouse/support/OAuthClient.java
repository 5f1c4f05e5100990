package gatehouse.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A well-behaved MCP client, as far as OAuth goes: from the bare MCP URL to a token, one step per
 * method. {@link #connect} walks all of them.
 */
public final class OAuthClient {
  /** Where answers go; nobody listens there, since {@link Browser} stops before it leaves. */
  public static final String REDIRECT_URI = "http://127.0.0.1:33418/callback";

  private final String[] challengedScopes;
  private final JsonObject resource;
  private final JsonObject server;
  private String clientId;
  private String clientSecret;

  private OAuthClient(String challengedScope, JsonObject resource, JsonObject server) {
    this.challengedScopes = challengedScope.split(" ");
    this.resource = resource;
    this.server = server;
  }

  /** From a 401 to the authorization server's metadata (RFC 9728 §5, RFC 8414 §3). */
  public static OAuthClient discover(String mcpUrl) {
    Answer refused = Http.postJson(mcpUrl, new JsonObject()).expect(401);
    JsonObject resource = Http.get(refused.challenge().get("resource_metadata"))
        .expect(200).json();
    assertEquals(mcpUrl, resource.getString("resource", null));
    String issuer = resource.get("authorization_servers").asArray().get(0).asString();
    String path = URI.create(issuer).getRawPath();
    JsonObject server = Http.get(issuer.substring(0, issuer.length() - path.length())
        + "/.well-known/oauth-authorization-server" + path).expect(200).json();
    assertEquals(issuer, server.getString("issuer", null));
    return new OAuthClient(refused.challenge().get("scope"), resource, server);
  }

  /** A client that is known by its own address or was announced to the server before. */
  public OAuthClient known(String id, String secret) {
    clientId = id;
    clientSecret = secret;
    return this;
  }

  /** Registers a public client that also refreshes (RFC 7591 §3). */
  public OAuthClient register() {
    return register(new JsonObject()
        .add("client_name", "Test client")
        .add("redirect_uris", new JsonArray().add(REDIRECT_URI))
        .add("grant_types", new JsonArray().add("authorization_code").add("refresh_token"))
        .add("token_endpoint_auth_method", "none"));
  }

  /** Registers a client with this metadata. */
  public OAuthClient register(JsonObject metadata) {
    JsonObject client = Http.postJson(endpoint("registration"), metadata).expect(201).json();
    return known(client.getString("client_id", null), client.getString("client_secret", null));
  }

  public String clientId() {
    return clientId;
  }

  public String clientSecret() {
    return clientSecret;
  }

  public String issuer() {
    return server.getString("issuer", null);
  }

  /** The URL of the MCP endpoint, which is its resource indicator (RFC 8707). */
  public String resource() {
    return resource.getString("resource", null);
  }

  /** The metadata of the authorization server. */
  public JsonObject metadata() {
    return server;
  }

  /** The metadata of the protected resource. */
  public JsonObject resourceMetadata() {
    return resource;
  }

  /** An address from the metadata: of authorization, token, registration, revocation … */
  public String endpoint(String name) {
    return server.getString(name + "_endpoint", null);
  }

  /** An authorization request for these scopes, or for those of the first challenge. */
  public Attempt attempt(String... scopes) {
    return new Attempt(endpoint("authorization"), clientId, REDIRECT_URI, resource())
        .scope(scopes.length == 0 ? challengedScopes : scopes);
  }

  /** A token for a person who signs in with a new browser and allows everything. */
  public Tokens connect(Person person, String... scopes) {
    return connect(person, new Browser(), scopes);
  }

  public Tokens connect(Person person, Browser browser, String... scopes) {
    Attempt attempt = attempt(scopes);
    return redeem(attempt, attempt.allowedBy(person, browser));
  }

  /** Checks the answer that came through the browser (RFC 9207 §2.4) and redeems its code. */
  public Tokens redeem(Attempt attempt, Page page) {
    Parameters response = page.response();
    assertEquals(attempt.get("state"), response.get("state"));
    assertEquals(issuer(), response.get("iss"));
    return new Tokens(exchange(attempt, response.get("code")).expect(200).json());
  }

  /** The token request of an attempt, whatever comes of it. */
  public Answer exchange(Attempt attempt, String code) {
    return token(Parameters.of("grant_type", "authorization_code", "code", code,
        "redirect_uri", attempt.get("redirect_uri"), "code_verifier", attempt.verifier(),
        "resource", resource()));
  }

  public Tokens refresh(Tokens tokens) {
    return new Tokens(refresh(tokens.refresh()).expect(200).json());
  }

  /** The request with a refresh token, whatever comes of it. */
  public Answer refresh(String refreshToken) {
    return token(Parameters.of("grant_type", "refresh_token", "refresh_token", refreshToken));
  }

  /** Any token request, with this client's authentication. */
  public Answer token(Parameters form) {
    return post(endpoint("token"), form);
  }

  /** Any request of a client with its authentication: the secret as Basic, or its id alone. */
  public Answer post(String url, Parameters form) {
    if (clientSecret == null) {
      return Http.postForm(url, form.set("client_id", clientId));
    }
    // RFC 6749 §2.3.1: percent-encoded before base64.
    byte[] pair = (Parameters.encode(clientId) + ":" + Parameters.encode(clientSecret))
        .getBytes(StandardCharsets.US_ASCII);
    return Http.postForm(url, form,
        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** Whether the access token is good at the MCP endpoint. */
  public boolean isAccepted(Tokens tokens) {
    return McpClient.of(McpClient.NEWEST, resource()).bearing(tokens).listTools().status() == 200;
  }

  /** The document at {@code jwks_uri}. */
  public JsonObject keys() {
    return Json.parse(Http.get(server.getString("jwks_uri", null)).expect(200).body()).asObject();
  }
}
