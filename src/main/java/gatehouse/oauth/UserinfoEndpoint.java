package gatehouse.oauth;

import com.eclipsesource.json.JsonObject;
import gatehouse.guard.Access;
import gatehouse.guard.Challenge;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.login.User;
import gatehouse.login.Users;
import java.util.Set;

/**
 * {@code /userinfo} (OpenID Connect Core §5.3), behind the guard: claims about the person, each by
 * the scope that covers it. A token without {@code openid} is for something else.
 */
public final class UserinfoEndpoint {
  private static final Set<String> NEEDED = Set.of(Scopes.OPENID);

  private final Users users;
  private final Challenge challenge;

  public UserinfoEndpoint(Users users, Challenge challenge) {
    this.users = users;
    this.challenge = challenge;
  }

  /** GET and POST. */
  public Response handle(Request request, Access access) {
    User user = users.find(access.subject());
    if (user == null || !access.permits(NEEDED)) {
      return challenge.insufficientScope(Response.json(403, new JsonObject()
          .add("error", "insufficient_scope")
          .add("error_description", Challenge.scopeSentence(access, NEEDED))), access, NEEDED);
    }
    JsonObject claims = new JsonObject().add("sub", user.name());
    if (access.permits(Set.of("profile"))) {
      claims.add("name", user.displayName()).add("preferred_username", user.name());
    }
    if (access.permits(Set.of("email")) && user.email() != null) {
      // The operator wrote it down; nobody here could have typed somebody else's.
      claims.add("email", user.email()).add("email_verified", true);
    }
    return Response.json(200, claims);
  }
}
