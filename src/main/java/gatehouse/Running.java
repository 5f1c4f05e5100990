package gatehouse;

import gatehouse.crypto.Seal;
import gatehouse.html.Templates;
import gatehouse.http.Hosts;
import gatehouse.http.Interceptor;
import gatehouse.http.Router;
import gatehouse.http.Server;
import gatehouse.http.Tls;
import gatehouse.http.Traffic;
import gatehouse.http.Urls;
import gatehouse.login.Pages;
import gatehouse.oauth.RedirectUri;
import gatehouse.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A server from its start to its end. The port is taken first, because the issuer names it; then
 * the store is opened, and the server answers: each address from when {@link Wiring} has put
 * together what is behind it, and whoever comes before that waits. It ends in the opposite order.
 */
final class Running implements AutoCloseable {
  final Server server;
  final Wiring wiring;

  /** How it speaks https, or null. */
  final Tls tls;

  private final Upkeep upkeep;
  private final AtomicBoolean stopping;

  private Running(Server server, Wiring wiring, Tls tls, Upkeep upkeep, AtomicBoolean stopping) {
    this.server = server;
    this.wiring = wiring;
    this.tls = tls;
    this.upkeep = upkeep;
    this.stopping = stopping;
  }

  /** Starts it; throws as {@link Gatehouse.Builder#start} says. */
  static Running start(Settings b) {
    SafeSettings.require(b);
    Templates templates = new Templates(b.templates);
    Tls tls = b.speaksTls() ? new Tls() : null;
    AtomicBoolean stopping = new AtomicBoolean();
    Server server = bind(b, tls);
    Router router = new Router();
    Store store = null;
    try {
      WatchedStore watched = new WatchedStore(Stores.open(b), b.clock);
      store = watched;
      String issuer = b.issuer(server.port());
      URI url = URI.create(issuer);
      AuditLog audit = new AuditLog(b.clock, b.audit);
      Seal seal = new Seal(() -> Stores.sealSecret(watched), b.clock);
      Pages pages = new Pages(templates, issuer, seal, RedirectUri::formTarget, audit);
      List<Runnable> looks = new ArrayList<>();
      if (tls != null) {
        looks.add(certificate(b, tls, store, issuer));
      }
      Traffic traffic = new Traffic();
      server.start(router, new Hosts(url, b.origins),
          new Refusals(pages, url.getRawPath() + Routes.MCP), insisting(b, url), b.proxies,
          traffic);
      Wiring wiring = new Wiring(b, store, audit, seal, pages,
          new HealthPage(stopping::get, watched::isWritable), issuer, router);
      wiring.metrics.add(out -> Measures.requests(out, traffic));
      wiring.metrics.add(out -> Measures.store(out, watched));
      wiring.metrics.add(out -> Measures.keys(out, wiring.keys, tls, b.clock));
      router.complete();
      wiring.keys.prepare(); // on one core, only now
      if (b.configFile != null) {
        looks.add(new Reload(b, wiring));
      }
      return new Running(server, wiring, tls, new Upkeep(looks), stopping);
    } catch (RuntimeException e) {
      router.abandon();
      server.close();
      if (store != null) {
        store.close(); // or the next attempt would find the directory in use
      }
      throw e;
    }
  }

  private static Server bind(Settings b, Tls tls) {
    try {
      return Server.bind(b.host, b.port, tls);
    } catch (BindException e) {
      throw new UncheckedIOException(b.port == 0
          ? "--host " + b.host + " is not an address of this machine"
          : "cannot listen on " + b.host + ":" + b.port + ", which another program uses or which "
              + "is not ours to take: give another --port, or 0 for any free one", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + b.host + ":" + b.port + ": "
          + e.getMessage(), e);
    }
  }

  /** Presents the certificate; returns what looks after it. */
  private static Runnable certificate(Settings b, Tls tls, Store store, String issuer) {
    if (b.tlsFile != null) {
      return new CertificateFile(tls, b.tlsFile, b.tlsPassword, b.clock);
    }
    boolean directory = b.data != null && !b.data.startsWith("jdbc:");
    return new OwnCertificate(
        tls, store, issuer, directory ? Path.of(b.data) : null, b.clock);
  }

  /**
   * RFC 6797: browsers are told to come by https only, where an authority vouches for a public
   * name. Behind a proxy that speaks https it is the proxy's to say.
   */
  private static Interceptor insisting(Settings b, URI url) {
    if (b.tlsFile == null || Urls.isLoopback(url.getHost())) {
      return b.interceptor;
    }
    return (request, next) -> b.interceptor.around(request, within ->
        next.handle(within).with("Strict-Transport-Security", "max-age=31536000"));
  }

  @Override
  public void close() {
    stopping.set(true);
    upkeep.close();
    try {
      wiring.mcpServer.close();
      server.close();
    } finally {
      wiring.store.close();
    }
  }
}
