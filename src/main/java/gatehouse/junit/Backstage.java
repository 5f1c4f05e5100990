package gatehouse.junit;

import gatehouse.Gatehouse;
import gatehouse.http.Form;
import gatehouse.http.Handler;
import gatehouse.http.Interceptor;
import gatehouse.http.Request;
import gatehouse.http.Response;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * What stands around every handler of a {@link TestGatehouse}, from the outside in:
 *
 * <pre>
 *   recorder ─► approval without asking ─► script ─► likeness ─► sign-in ─► handler
 * </pre>
 *
 * <p>What is written down is therefore what the client saw, and why: a misfortune included.
 */
final class Backstage implements Interceptor {
  private final String approver;
  final Recorder recorder;
  final Script script = new Script();
  final HeadlessSignIn signIn = new HeadlessSignIn();
  private volatile Set<Likeness> likenesses;
  private volatile Gatehouse gatehouse;
  private volatile String base = "";

  /**
   * The backstage of a server that is yet to start.
   *
   * @param approver in whose name everything is approved without asking, or null if nothing is
   */
  Backstage(VirtualClock clock, String approver, Set<Likeness> likenesses) {
    this.recorder = new Recorder(clock);
    this.approver = approver;
    this.likenesses = likenesses;
  }

  /**
   * Starts something from a thread of which the JVM does not wait for the end. The threads of a
   * server are of the kind of the one that started it, and a server that a test has forgotten to
   * close must not keep a build from ending.
   */
  static <T> T inBackground(Supplier<T> start) {
    FutureTask<T> started = new FutureTask<>(start::get);
    Thread thread = new Thread(started, "gatehouse-start");
    thread.setDaemon(true);
    thread.start();
    try {
      return started.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server started", e);
    }
  }

  /** Says which server it is, as soon as there is one. */
  void attach(Gatehouse started) {
    gatehouse = started;
    base = URI.create(started.issuer()).getRawPath();
  }

  void actLike(Set<Likeness> others) {
    likenesses = others;
  }

  /** A browser of ours, whom the server lets sign in. */
  HeadlessBrowser browser() {
    return new HeadlessBrowser(gatehouse.issuer(), gatehouse.port(), signIn.secret());
  }

  @Override
  public Response around(Request request, Handler handler) {
    String path = request.path().startsWith(base)
        ? request.path().substring(base.length()) : request.path();
    return recorder.around(path, request, notes -> {
      if (approver != null && path.equals("/authorize") && !signIn.isFromUs(request)) {
        notes.add("approved without asking");
        return approved(request);
      }
      return script.around(path, request, notes, proper(path, request, handler));
    });
  }

  private Handler proper(String path, Request request, Handler handler) {
    boolean ours = path.equals("/login") && request.method().equals("POST")
        && signIn.isFromUs(request);
    Handler proper = ours ? r -> signIn.around(r, handler, gatehouse.users()) : handler;
    for (Likeness likeness : likenesses) {
      Handler inner = proper;
      proper = r -> likeness.around(path, r, inner);
    }
    return proper;
  }

  /** The client's redirect at once, for whoever opens the link: a person is played in between. */
  private Response approved(Request request) {
    String query = request.method().equals("POST")
        ? new String(request.body(), StandardCharsets.UTF_8) : request.rawQuery();
    List<String> hint = Form.parse(query).all("login_hint");
    String user = !hint.isEmpty() && gatehouse.users().find(hint.get(0)) != null
        ? hint.get(0) : approver;
    String url = gatehouse.issuer() + "/authorize" + (query == null ? "" : "?" + query);
    try {
      HeadlessBrowser.Page page =
          new PendingApproval(gatehouse, recorder, browser(), url, user).answer("allow", null);
      return page.location() != null ? Response.redirect(page.location())
          : Response.html(page.status(), page.html());
    } catch (UncheckedIOException e) {
      return Response.HANG_UP; // A misfortune of the script, which is the client's then.
    }
  }
}
