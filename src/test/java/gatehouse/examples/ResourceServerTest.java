package gatehouse.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatehouse.junit.Flaw;
import gatehouse.junit.GatehouseExtension;
import gatehouse.junit.TestGatehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Recipe 8: the issuer for a service of your own, protected by Spring Security or anything else
 * that reads metadata. With Spring Boot the issuer goes into {@code
 * spring.security.oauth2.resourceserver.jwt.issuer-uri}, by {@code @DynamicPropertySource}.
 */
class ResourceServerTest {
  private static final String ORDERS = "https://api.example/orders";

  @RegisterExtension
  static final GatehouseExtension EXTENSION = GatehouseExtension.of(TestGatehouse.builder()
      .server(server -> server.audience(ORDERS)
          // Spring Security's simplest decoder takes typ JWT only; RFC 9068 says at+jwt.
          .policy(policy -> policy.accessTokenType("JWT"))));

  @Test
  void knows_the_issuer_and_nothing_else(TestGatehouse gatehouse) {
    JwtDecoder service = JwtDecoders.fromIssuerLocation(gatehouse.issuer());
    String token = gatehouse.tokenFor("alice").audience(ORDERS).scopes("orders:read").issue();
    assertEquals("alice", service.decode(token).getSubject());
    String forged = gatehouse.tokenFor("alice").audience(ORDERS).flawed(Flaw.WRONG_KEY).issue();
    assertThrows(JwtException.class, () -> service.decode(forged));
  }
}
