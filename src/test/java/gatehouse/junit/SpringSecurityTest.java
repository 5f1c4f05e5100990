package gatehouse.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Somebody else's service, protected by Spring Security, with a Gatehouse as its issuer: it is told
 * the issuer and its own name as audience, and nothing else.
 */
@DisplayName("Spring Security's resource server")
class SpringSecurityTest {
  private static final String ORDERS = "https://api.example/orders";

  /** What Spring Security says about each. */
  private static final Map<Flaw, String> REASONS = Map.of(
      Flaw.EXPIRED, "Jwt expired at",
      Flaw.NOT_YET_VALID, "Jwt used before",
      Flaw.WRONG_ISSUER, "The iss claim is not valid",
      Flaw.WRONG_AUDIENCE, "The aud claim is not valid",
      Flaw.WRONG_KEY, "Invalid signature",
      Flaw.UNKNOWN_KID, "no matching key(s) found",
      Flaw.ALG_NONE, "Unsupported algorithm of none",
      Flaw.TAMPERED, "Invalid signature",
      Flaw.MISSING_CLAIM, "sub must have a value",
      Flaw.ID_TOKEN, "the given typ value needs to be one of");

  @RegisterExtension
  static final GatehouseExtension extension = GatehouseExtension.of(TestGatehouse.builder()
      .server(server -> server.audience(ORDERS)).users("alice"));

  /** The whole of it: deny everything that brings no token of this issuer for this audience. */
  @Configuration
  @EnableWebSecurity
  static class Orders {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests -> requests
              .requestMatchers("/write").hasAuthority("SCOPE_orders:write")
              .anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.jwt(jwt -> {})).build();
    }

    @Bean
    JwtDecoder decoder(String issuer) {
      NimbusJwtDecoder decoder =
          NimbusJwtDecoder.withIssuerLocation(issuer).validateType(false).build();
      decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
          .issuer(issuer).audience(ORDERS).clientId(TokenOrder.CLIENT).build());
      return decoder;
    }
  }

  @Test
  void lets_in_whoever_has_a_token(TestGatehouse gatehouse) throws Exception {
    String token = gatehouse.tokenFor("alice").audience(ORDERS).scopes("orders:read").issue();
    assertEquals("200 alice", call(gatehouse, "/read", token));
    assertTrue(call(gatehouse, "/write", token).startsWith("403 "));
    assertEquals("200 alice", call(gatehouse, "/write", gatehouse.tokenFor("alice")
        .audience(ORDERS).scopes("orders:write").issue()));
    assertTrue(call(gatehouse, "/read", null).startsWith("401 "));
  }

  @ParameterizedTest
  @EnumSource(Flaw.class)
  void refuses_each_wrong_token_for_the_stated_reason(Flaw flaw, TestGatehouse gatehouse)
      throws Exception {
    String answer = call(gatehouse, "/read",
        gatehouse.tokenFor("alice").audience(ORDERS).flawed(flaw).issue());
    assertTrue(answer.startsWith("401 ") && answer.contains(REASONS.get(flaw)), answer);
  }

  @Test
  void accepts_tokens_of_a_new_key(TestGatehouse gatehouse) throws Exception {
    gatehouse.server().keys().rotate();
    assertEquals("200 alice",
        call(gatehouse, "/read", gatehouse.tokenFor("alice").audience(ORDERS).issue()));
  }

  /** Status, and the user or the challenge. */
  private static String call(TestGatehouse gatehouse, String path, String token)
      throws Exception {
    try (GenericApplicationContext spring = spring(gatehouse.issuer())) {
      MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
      request.setServletPath(path);
      if (token != null) {
        request.addHeader("Authorization", "Bearer " + token);
      }
      MockHttpServletResponse response = new MockHttpServletResponse();
      String[] user = {null};
      spring.getBean("springSecurityFilterChain", Filter.class).doFilter(request, response,
          new MockFilterChain(new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(
                HttpServletRequest r, HttpServletResponse answer) {
              Authentication who = SecurityContextHolder.getContext().getAuthentication();
              user[0] = who.getName();
            }
          }));
      return response.getStatus() + " "
          + (user[0] != null ? user[0] : response.getHeader("WWW-Authenticate"));
    }
  }

  private static GenericApplicationContext spring(String issuer) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean("issuer", String.class, () -> issuer);
    context.register(Orders.class);
    context.refresh();
    return context;
  }
}
