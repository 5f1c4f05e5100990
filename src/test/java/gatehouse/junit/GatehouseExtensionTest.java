package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import gatehouse.Gatehouse;
import gatehouse.junit.GatehouseTest.Per;
import gatehouse.support.Http;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.engine.TestExecutionResult;

/** Runs classes of tests inside a test, and looks at which servers they had. */
@DisplayName("The Jupiter extension")
class GatehouseExtensionTest {
  /** Which server each test of the classes below had, by the name of the test. */
  private static final Map<String, TestGatehouse> SERVERS = new ConcurrentHashMap<>();

  @Test
  void gives_each_test_a_server_of_its_own() {
    assertEquals(List.of(), run(EachItsOwn.class));
    assertNotSame(SERVERS.get("EachItsOwn one()"), SERVERS.get("EachItsOwn two()"));
    assertClosed("EachItsOwn");
  }

  @Test
  void gives_a_class_and_those_nested_in_it_one_server() {
    assertEquals(List.of(), run(Shared.class));
    assertSame(SERVERS.get("Shared one()"), SERVERS.get("Shared two()"));
    assertSame(SERVERS.get("Shared one()"), SERVERS.get("Deeper three()"));
    assertClosed("Shared");
  }

  @Test
  void gives_what_was_built_from_a_static_field() {
    assertEquals(List.of(), run(InStaticField.class));
    assertSame(SERVERS.get("InStaticField one()"), SERVERS.get("InStaticField two()"));
    assertClosed("InStaticField");
  }

  @Test
  void gives_what_was_built_anew_from_an_instance_field() {
    assertEquals(List.of(), run(InInstanceField.class));
    assertNotSame(SERVERS.get("InInstanceField one()"), SERVERS.get("InInstanceField two()"));
    assertClosed("InInstanceField");
  }

  @Test
  void says_in_a_failed_assertion_what_the_server_decided() {
    List<Throwable> failures = run(Failing.class);
    assertEquals(2, failures.size());
    String assertion = failures.stream().filter(f -> f instanceof AssertionError)
        .findFirst().orElseThrow().getMessage();
    assertTrue(assertion.contains("expected: <200> but was: <404>"), assertion);
    assertTrue(assertion.contains("GET    /jwks"), assertion);
    Throwable other = failures.stream().filter(f -> f instanceof IllegalStateException)
        .findFirst().orElseThrow();
    assertTrue(other.getSuppressed()[0].toString().contains("GET    /jwks"));
    assertClosed("Failing");
  }

  @Test
  void refuses_a_constructor_where_each_test_has_its_own() {
    List<Throwable> failures = run(ByConstructor.class);
    assertTrue(failures.get(0).getMessage().contains("@BeforeEach"), failures::toString);
  }

  private static void assertClosed(String prefix) {
    SERVERS.forEach((name, server) -> {
      if (name.startsWith(prefix)) {
        assertThrows(UncheckedIOException.class, () -> Http.get(server.url("/jwks")));
      }
    });
  }

  /** Runs a class, and returns what its tests failed with. */
  private static List<Throwable> run(Class<?> tests) {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(tests)).build(), new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier id, TestExecutionResult result) {
            result.getThrowable().ifPresent(failures::add);
          }
        });
    return failures;
  }

  /** What the classes below share; they are nested so that no build runs them by themselves. */
  abstract static class Two {
    @Test
    void one(TestInfo info, TestGatehouse gatehouse, Gatehouse server) {
      assertSame(server, gatehouse.server());
      note(info, gatehouse);
    }

    @Test
    void two(TestInfo info, TestGatehouse gatehouse) {
      note(info, gatehouse);
    }

    static void note(TestInfo info, TestGatehouse gatehouse) {
      Http.get(gatehouse.url("/jwks")).expect(200);
      SERVERS.put(info.getTestClass().orElseThrow().getSimpleName() + " "
          + info.getTestMethod().orElseThrow().getName() + "()", gatehouse);
    }
  }

  @GatehouseTest
  static class EachItsOwn extends Two {
    private TestGatehouse before;

    @BeforeEach
    void before(TestGatehouse gatehouse) {
      before = gatehouse;
    }

    @RepeatedTest(2)
    void is_the_same_before_and_in_the_test(
        TestGatehouse gatehouse, @GatehouseTest(users = "carol") TestGatehouse another) {
      assertSame(before, gatehouse);
      assertNotSame(gatehouse, another);
      assertEquals("carol", another.server().users().find("carol").name());
    }
  }

  @GatehouseTest(per = Per.CLASS)
  static class Shared extends Two {
    @Nested
    class Deeper {
      @Test
      void three(TestInfo info, TestGatehouse gatehouse) {
        note(info, gatehouse);
      }
    }
  }

  static class InStaticField extends Two {
    @RegisterExtension
    static final GatehouseExtension EXTENSION =
        GatehouseExtension.of(TestGatehouse.builder().users("carol"));

    @Test
    void three(TestGatehouse gatehouse, @GatehouseTest(users = "dave") TestGatehouse another) {
      assertSame(EXTENSION.server(), gatehouse);
      assertEquals("carol", gatehouse.server().users().find("carol").name());
      assertNotSame(gatehouse, another);
      assertEquals("dave", another.server().users().find("dave").name());
    }
  }

  static class InInstanceField extends Two {
    @RegisterExtension
    final GatehouseExtension extension =
        GatehouseExtension.of(TestGatehouse.builder().server(server -> server.demo()));

    @Test
    void three(TestGatehouse gatehouse, @GatehouseTest TestGatehouse another) {
      assertSame(extension.server(), gatehouse);
      assertNotSame(gatehouse, another);
    }
  }

  @GatehouseTest
  static class Failing {
    @Test
    void asserts(TestInfo info, TestGatehouse gatehouse) {
      Two.note(info, gatehouse);
      assertEquals(200, Http.get(gatehouse.url("/nowhere")).status());
    }

    @Test
    void throws_something(TestInfo info, TestGatehouse gatehouse) {
      Two.note(info, gatehouse);
      throw new IllegalStateException("on purpose");
    }
  }

  @GatehouseTest
  static class ByConstructor {
    ByConstructor(TestGatehouse gatehouse) {
      gatehouse.forget();
    }

    @Test
    void never_runs() {
    }
  }
}
