package gatehouse.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  private final Route getToken = route("GET", "/token");
  private final Route postToken = route("POST", "/token");
  private final Route files = route("GET", "/files/*");
  private final Route inner = route("GET", "/files/inner/*");
  private final Route exact = route("POST", "/files/inner/one");
  private final Router router =
      new Router(List.of(getToken, postToken, files, inner, exact, route("GET", "/token")));

  @Test
  void findsARouteByExactPathAndMethod() {
    assertSame(getToken, Router.forMethod(router.at("/token"), "GET"));
    assertSame(postToken, Router.forMethod(router.at("/token"), "POST"));
    assertNull(Router.forMethod(router.at("/token"), "DELETE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tokenish", "/token/", "/token/x", "/Token", "//token", "/", "",
    "/files", "/filesystem"})
  void doesNotMatchByPrefix(String path) {
    assertNull(router.at(path));
  }

  @Test
  void findsTheLongestRouteAbove() {
    assertSame(files, router.at("/files/a").get("GET"));
    assertSame(files, router.at("/files/a/b/c").get("GET"));
    assertSame(files, router.at("/files/").get("GET"));
    assertSame(inner, router.at("/files/inner/two").get("GET"));
  }

  @Test
  void prefersTheExactPath() {
    assertSame(exact, router.at("/files/inner/one").get("POST"));
    assertNull(Router.forMethod(router.at("/files/inner/one"), "GET"));
  }

  @Test
  void answersHeadByTheRouteOfGet() {
    assertSame(getToken, Router.forMethod(router.at("/token"), "HEAD"));
    assertNull(Router.forMethod(router.at("/files/inner/one"), "HEAD"));
  }

  @Test
  void namesTheMethodsOfAPath() {
    assertEquals("GET, HEAD, POST, OPTIONS", Router.allow(router.at("/token")));
    assertEquals("POST, OPTIONS", Router.allow(router.at("/files/inner/one")));
  }

  @Test
  void whoComesBeforeTheRouteWaitsForIt() throws Exception {
    Router growing = new Router();
    growing.add(List.of(getToken));
    assertSame(getToken, growing.at("/token").get("GET"));
    CompletableFuture<Route> early =
        CompletableFuture.supplyAsync(() -> growing.at("/files/inner/one").get("POST"));
    // A prefix above it is no answer yet: the exact path may still come.
    growing.add(List.of(inner));
    assertThrows(TimeoutException.class, () -> early.get(100, TimeUnit.MILLISECONDS));
    growing.add(List.of(exact));
    assertSame(exact, early.get(10, TimeUnit.SECONDS));
  }

  @Test
  void whatIsNotThereInTheEndIsNowhere() throws Exception {
    Router growing = new Router();
    CompletableFuture<Object> early = CompletableFuture.supplyAsync(
        () -> growing.at("/nowhere") == null ? "nowhere" : "somewhere");
    growing.add(List.of(getToken, inner));
    growing.complete();
    assertEquals("nowhere", early.get(10, TimeUnit.SECONDS));
    assertSame(inner, growing.at("/files/inner/two").get("GET"));
  }

  @Test
  void whoWaitsForAServerThatFailsToStartIsToldSo() {
    Router growing = new Router();
    CompletableFuture<Object> early = CompletableFuture.supplyAsync(() -> growing.at("/token"));
    growing.abandon();
    Throwable told = assertThrows(ExecutionException.class,
        () -> early.get(10, TimeUnit.SECONDS)).getCause();
    assertEquals(503, assertInstanceOf(HttpError.class, told).status());
  }

  private static Route route(String method, String path) {
    return Route.route(method, path, request -> Response.empty(200));
  }
}
