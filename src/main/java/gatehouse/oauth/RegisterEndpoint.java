package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.crypto.Secrets;
import gatehouse.http.Audit;
import gatehouse.http.RateLimit;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import gatehouse.oauth.client.ClientMetadata;
import gatehouse.oauth.client.Registered;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code /register}: dynamic client registration (RFC 7591), and {@code /register/ID}, where a
 * client reads, changes and ends its registration (RFC 7592). MCP 2026-07-28 prefers client id
 * metadata documents; this is what most clients still do.
 */
public final class RegisterEndpoint {
  /** Each is kept for days; a client with a dozen addresses and a key set of four has 4,000. */
  private static final int MAX_METADATA_CHARS = 8_192;

  /**
   * Who may register.
   *
   * @param open whether anybody may
   * @param initialTokens hashes of the tokens that let others in (RFC 7591 §3); none and not open
   *     means nobody
   */
  public record Admission(boolean open, Set<String> initialTokens) {
    /** Lets in who shows one of these. */
    public static Admission byTokens(String... tokens) {
      return new Admission(false, Stream.of(tokens).map(Secrets::hash).collect(Collectors.toSet()));
    }

    /** Whether there is a registration endpoint at all. */
    public boolean isEnabled() {
      return open || !initialTokens.isEmpty();
    }
  }

  private final String issuer;
  private final Admission admission;
  private final Registered registered;
  private final Grants grants;
  private final RegistrationLimits limits;
  private final Audit audit;

  /**
   * The endpoint.
   *
   * @param clock of its limits
   */
  public RegisterEndpoint(String issuer, Admission admission, Registered registered,
      Grants grants, Clock clock, Audit audit) {
    this.issuer = issuer;
    this.admission = admission;
    this.registered = registered;
    this.grants = grants;
    this.limits = new RegistrationLimits(clock);
    this.audit = audit;
  }

  /** Its limits, by name. */
  public Map<String, RateLimit> limits() {
    return limits.byName();
  }

  /** POST /register. */
  public Response register(Request request) {
    requireAdmission(request);
    limit(limits.byNetwork, request.network());
    limit(limits.inAll, "");
    JsonObject accepted = accepted(request);
    limit(limits.bySoftware, Secrets.hash(accepted.toString()));
    Registered.Registration made =
        registered.add(accepted, null, limits.mayLast(request.network()));
    audit.record("registration", "ok",
        "client", made.client().id(), "name", made.client().name());
    return told(201, made);
  }

  /** GET /register/ID. */
  public Response read(Request request) {
    return told(200, managed(request));
  }

  /** PUT /register/ID: everything anew (RFC 7592 §2.2). */
  public Response replace(Request request) {
    Registered.Registration registration = managed(request);
    JsonObject accepted = accepted(request);
    Fields given = Fields.readObject(request.body());
    if (!registration.client().id().equals(given.text("client_id"))) {
      throw new OAuthError("invalid_client_metadata", "'client_id' must be that of the client.");
    }
    for (String ours : new String[] {"registration_access_token", "registration_client_uri",
        "client_secret_expires_at", "client_id_issued_at"}) {
      if (given.has(ours)) {
        throw new OAuthError("invalid_client_metadata", "'" + ours + "' is not the client's.");
      }
    }
    audit.record("registration", "replaced", "client", registration.client().id());
    return told(200, registered.replace(registration, accepted));
  }

  /** DELETE /register/ID: its grants end with it (RFC 7592 §2.3). */
  public Response remove(Request request) {
    String id = managed(request).client().id();
    // It takes a look at all grants, which somebody who registers and removes must not cause.
    if (registered.remove(id)) {
      grants.revokeIf(grant -> grant.clientId().equals(id));
    }
    audit.record("registration", "removed", "client", id);
    return Response.empty(204);
  }

  private static JsonObject accepted(Request request) {
    if (!request.hasMediaType("application/json")) {
      throw new OAuthError("invalid_client_metadata", "The body must be application/json.");
    }
    JsonObject accepted = ClientMetadata.acceptRegistration(Fields.readObject(request.body()));
    if (accepted.toString().length() > MAX_METADATA_CHARS) {
      throw new OAuthError("invalid_client_metadata",
          "The metadata may have at most " + MAX_METADATA_CHARS + " characters.");
    }
    return accepted;
  }

  private void requireAdmission(Request request) {
    String token = bearer(request);
    boolean admitted = admission.open
        || token != null && admission.initialTokens.contains(Secrets.hash(token));
    if (!admitted) {
      throw new OAuthError(401, "invalid_token",
          "Registration here needs an initial access token; ask whoever runs this server.", null);
    }
  }

  /** RFC 7592 §2.1: whoever has not the right token learns not even whether the client exists. */
  private Registered.Registration managed(Request request) {
    String id = request.path().substring(request.path().lastIndexOf('/') + 1);
    String token = bearer(request);
    Registered.Registration found = token == null ? null : registered.manage(id, token);
    if (found == null) {
      throw new OAuthError(401, "invalid_token",
          "The registration access token is not valid.", null);
    }
    return found;
  }

  private static void limit(RateLimit limit, String key) {
    long wait = limit.take(key);
    if (wait > 0) {
      throw OAuthError.tooMany("Too many registrations.", wait);
    }
  }

  private Response told(int status, Registered.Registration registration) {
    JsonObject answer = new JsonObject()
        .add("client_id", registration.client().id())
        .add("client_id_issued_at", registration.issuedAt().getEpochSecond());
    if (registration.secret() != null) {
      answer.add("client_secret", registration.secret());
    }
    if (registration.client().secretHash() != null) {
      answer.add("client_secret_expires_at", 0); // never; RFC 7591 §3.2.1 wants it said
    }
    answer.add("registration_access_token", registration.accessToken())
        .add("registration_client_uri",
            issuer + "/register/" + registration.client().id());
    answer.merge(registration.client().metadata());
    if (answer.get("grant_types") == null) {
      answer.add("grant_types", Fields.array(List.of("authorization_code"))); // RFC 7591 §2
    }
    return Response.json(status, answer)
        .with("Pragma", "no-cache");
  }

  private static String bearer(Request request) {
    String header = request.header("Authorization");
    return header != null && header.toLowerCase(Locale.ROOT).startsWith("bearer ")
        ? header.substring("bearer ".length()).trim() : null;
  }
}
