package gatehouse.junit;

import gatehouse.Gatehouse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The Jupiter extension behind {@link GatehouseTest}, and with a builder for everything that the
 * annotation cannot say:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final GatehouseExtension extension = GatehouseExtension.of(TestGatehouse.builder()
 *     .server(server -> server.audience("https://api.example/orders")).users("carol"));
 *
 * @Test
 * void is_for_carol(TestGatehouse gatehouse) {
 *   String token = gatehouse.tokenFor("carol").audience("https://api.example/orders").issue();
 * }
 * }</pre>
 *
 * <p>In a static field there is one server for the class, in an instance field one for each test.
 * Tests get it as a parameter, or from {@link #server}.
 *
 * <p>Servers live in JUnit's store and end with the context they belong to, whatever happens. It
 * uses only what Jupiter has had since 5.10, and works with 5 and 6.
 */
public sealed class GatehouseExtension implements BeforeAllCallback, BeforeEachCallback,
    ParameterResolver, TestExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(GatehouseExtension.class);

  /** What the tests of an annotated class share. */
  private static final String SHARED = "server";

  /** What is to be started; null if annotations say it. */
  private final TestGatehouse.Builder builder;

  /** Servers that are running now, of whichever tests. */
  private final Set<Running> running = ConcurrentHashMap.newKeySet();

  /**
   * A server in the store, which closes it. Jupiter before 5.13 closes nothing by itself but a
   * {@code CloseableResource}, and later ones warn of what is nothing else.
   *
   * @param owner the id of the context it belongs to
   */
  @SuppressWarnings("deprecation")
  private record Running(TestGatehouse server, String owner, Set<Running> all)
      implements Store.CloseableResource, AutoCloseable {

    @Override
    public void close() {
      all.remove(this);
      server.close();
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** For the annotations, which describe the server. Jupiter has one extension of each class. */
  static final class ByAnnotation extends GatehouseExtension {
    ByAnnotation() {
      super(null);
    }
  }

  private GatehouseExtension(TestGatehouse.Builder builder) {
    this.builder = builder;
  }

  /** An extension that gives servers of this description. */
  public static GatehouseExtension of(TestGatehouse.Builder description) {
    return new GatehouseExtension(description);
  }

  /**
   * The server of this extension, for tests that have it in a field.
   *
   * @throws IllegalStateException if there is none now, or more than one because tests run in
   *     parallel; these have to ask for it by a parameter
   */
  public TestGatehouse server() {
    List<Running> now = List.copyOf(running);
    if (now.size() != 1) {
      throw new IllegalStateException("there are " + now.size() + " servers now: take the one of "
          + "this test as a parameter of type TestGatehouse");
    }
    return now.get(0).server;
  }

  /** Starts the server of a class, if the extension is in a static field. */
  @Override
  public void beforeAll(ExtensionContext context) {
    if (builder != null) {
      find(context, this, builder);
    }
  }

  /** Starts the server of a test, if the extension is in an instance field. */
  @Override
  public void beforeEach(ExtensionContext context) {
    if (builder != null) {
      find(context, this, builder);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    // A parameter with the annotation brings an extension of its own, beside one in a field.
    boolean ours = parameter.isAnnotated(GatehouseTest.class)
        ? builder == null : builder != null || annotated(context) != null;
    return ours && (type == TestGatehouse.class || type == Gatehouse.class);
  }

  /**
   * The server of a test, or of its class.
   *
   * @throws ParameterResolutionException for a constructor, if each test has its own server
   */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestGatehouse server = server(parameter, context);
    return parameter.getParameter().getType() == Gatehouse.class ? server.server() : server;
  }

  private TestGatehouse server(ParameterContext parameter, ExtensionContext context) {
    Optional<GatehouseTest> own = parameter.findAnnotation(GatehouseTest.class);
    if (own.isPresent()) {
      return find(context, parameter.getParameter(), described(own.get()));
    }
    if (builder != null) {
      return find(context, this, builder);
    }
    ExtensionContext annotated = annotated(context);
    GatehouseTest annotation = annotation(annotated.getRequiredTestClass());
    if (annotation.per() == GatehouseTest.Per.CLASS) {
      return find(annotated, SHARED, described(annotation));
    }
    if (context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException("each test has a server of its own: take it in a test "
          + "or in @BeforeEach, or say @GatehouseTest(per = Per.CLASS)");
    }
    return find(context, SHARED, described(annotation));
  }

  /** Adds the transcript of its servers to what a failed test says. */
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    StringBuilder transcript = new StringBuilder();
    for (Running server : running) {
      if (context.getUniqueId().startsWith(server.owner)) {
        transcript.append(server.server.transcript());
      }
    }
    throw Explained.failure(failure, transcript.toString());
  }

  /** The server under the key, in the context or in one around it; started if there is none. */
  private TestGatehouse find(ExtensionContext context, Object key, TestGatehouse.Builder settings) {
    Store store = context.getStore(NAMESPACE);
    // Not computeIfAbsent, which has another name in Jupiter 5 than in 6.
    synchronized (this) {
      Running known = store.get(key, Running.class);
      if (known == null) {
        known = new Running(settings.start(), context.getUniqueId(), running);
        running.add(known);
        store.put(key, known);
      }
      return known.server;
    }
  }

  private static TestGatehouse.Builder described(GatehouseTest annotation) {
    TestGatehouse.Builder builder = TestGatehouse.builder()
        .users(annotation.users()).like(annotation.like());
    return annotation.approvesEverythingWithoutAsking()
        ? builder.approvesEverythingWithoutAsking() : builder;
  }

  private static GatehouseTest annotation(Class<?> type) {
    return AnnotationSupport.findAnnotation(type, GatehouseTest.class).orElse(null);
  }

  /** The outermost context of a class with the annotation, or null. */
  private static ExtensionContext annotated(ExtensionContext context) {
    ExtensionContext found = null;
    for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
      if (at.getTestClass().isPresent() && annotation(at.getRequiredTestClass()) != null) {
        found = at;
      }
    }
    return found;
  }
}
