package gatehouse.login;

import gatehouse.html.Text;
import java.time.Instant;
import java.util.List;

/**
 * What people have allowed to applications, as far as their account page shows and ends it. {@code
 * oauth.ConnectedApps} is it; this chapter need not know what a grant is.
 */
public interface Connected {
  /**
   * An application that may do something for the user, however often that was allowed.
   *
   * @param id by which it is ended
   * @param name what it calls itself
   * @param verified whether somebody vouches for it
   * @param host where it is from, or where its answers go
   * @param scopes the titles of what it may do, each as a page shows it
   * @param allowed when it was allowed last
   * @param used when it last did something
   */
  record App(String id, String name, boolean verified, String host, List<Text> scopes,
      Instant allowed, Instant used) {
  }

  /** The user's applications, the one used last first. */
  List<App> of(User user);

  /** Ends all that the user has allowed to the application; whether there was anything. */
  boolean end(User user, String id);

  /** Ends all that the user has allowed to anybody. */
  void endAll(User user);
}
