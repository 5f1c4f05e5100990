package gatehouse.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives tests a {@link TestGatehouse}: on a class, to every method with a parameter of that type;
 * on a parameter, to that one, as a server of its own.
 *
 * <pre>{@code
 * @GatehouseTest
 * class ClientTest {
 *   @Test
 *   void lists_tools(TestGatehouse gatehouse) {
 *     assertEquals(5, new MyClient(gatehouse.mcpUrl(), gatehouse.token("alice")).tools().size());
 *   }
 * }
 * }</pre>
 *
 * <p>It is the account server with users alice and bob. For any other one there is {@link
 * GatehouseExtension}. Servers start when they are first asked for and are closed by JUnit; tests
 * may run in parallel. A test that fails says in its message what the server was asked and what it
 * decided.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(GatehouseExtension.ByAnnotation.class)
public @interface GatehouseTest {

  /** Whose server it is. */
  enum Per {
    /** Each test has its own, together with its {@code @BeforeEach} and {@code @AfterEach}. */
    METHOD,
    /** All tests of the class share one, those of nested classes included. */
    CLASS
  }

  /** Whether each test has a server of its own, which is the default, or the class has one. */
  Per per() default Per.METHOD;

  /** Whether authorization URLs lead back to the client at once, in the name of alice. */
  boolean approvesEverythingWithoutAsking() default false;

  /** Users, besides those there are, who have no password and can only be approved for. */
  String[] users() default {};

  /** Other kinds of servers that it is to be like from the start. */
  Likeness[] like() default {};
}
