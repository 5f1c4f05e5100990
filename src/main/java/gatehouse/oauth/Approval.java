package gatehouse.oauth;

import gatehouse.http.Audit;
import gatehouse.http.Response;
import gatehouse.login.Sessions;
import gatehouse.oauth.client.Client;
import gatehouse.oauth.client.Clients;
import java.util.Set;

/**
 * What follows when an authorization request is allowed: a grant begins, and its code is on its
 * way.
 */
public final class Approval {
  private final Grants grants;
  private final Codes codes;
  private final Clients clients;
  private final Audit audit;

  public Approval(Grants grants, Codes codes, Clients clients, Audit audit) {
    this.grants = grants;
    this.codes = codes;
    this.clients = clients;
    this.audit = audit;
  }

  /**
   * Allows the request.
   *
   * @param scopes what the user agreed to, perhaps less than was asked
   * @param how {@code allowed} just now, or {@code remembered} from before
   */
  public Response approve(AuthorizationRequest request, Sessions.Session session,
      Set<String> scopes, String how) {
    Client client = request.client();
    Grants.Grant grant = grants.begin(session.user().name(), client.id(), client.name(),
        RedirectUri.display(request.redirectUri()), scopes, request.resources(),
        session.authTime(), session.shown());
    audit.record("consent", how, "user", session.user().name(), "client", client.id(),
        "scope", String.join(" ", scopes), "reference", Grants.reference(grant.id()));
    clients.used(client, grant.ends());
    return request.response().code(codes.issue(new Codes.Code(grant.id(), request.client().id(),
        request.givenRedirectUri(), request.codeChallenge(), request.nonce())));
  }
}
