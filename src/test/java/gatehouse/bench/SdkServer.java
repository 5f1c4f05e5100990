package gatehouse.bench;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * A peer: the MCP Java SDK's stateless server on Tomcat, behind a filter that has Nimbus verify the
 * bearer. Its tool gives what {@code get_account} of the demo gives. Arguments: port, issuer.
 */
final class SdkServer {
  private static final Map<String, Object> ACCOUNT = Map.of("id", "acct-1001",
      "display_name", "Alice Liddell", "email", "alice@example.com", "plan", "team");

  private SdkServer() {
  }

  public static void main(String[] arguments) throws Exception {
    DefaultJWTProcessor<SecurityContext> verifier = verifier(arguments[1]);
    HttpServletStatelessServerTransport transport =
        HttpServletStatelessServerTransport.builder().messageEndpoint("/mcp").build();
    McpServer.sync(transport).serverInfo("peer", "1")
        .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
        .toolCall(McpSchema.Tool.builder("get_account", Map.of("type", "object"))
                .description("Your account.").build(),
            (context, call) -> McpSchema.CallToolResult.builder()
                .addTextContent("{\"id\":\"acct-1001\",\"display_name\":\"Alice Liddell\","
                    + "\"email\":\"alice@example.com\",\"plan\":\"team\"}")
                .structuredContent(ACCOUNT).build())
        .build();

    Tomcat tomcat = new Tomcat();
    tomcat.setPort(Integer.parseInt(arguments[0]));
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", System.getProperty("java.io.tmpdir"));
    Wrapper servlet = Tomcat.addServlet(context, "mcp", transport);
    servlet.setAsyncSupported(true);
    servlet.addMapping("/mcp");
    FilterDef guard = new FilterDef();
    guard.setFilterName("guard");
    guard.setAsyncSupported("true");
    guard.setFilter((Filter) (request, response, chain) -> {
      String header = ((HttpServletRequest) request).getHeader("Authorization");
      try {
        verifier.process(header.substring("Bearer ".length()), null);
      } catch (Exception e) {
        ((HttpServletResponse) response).sendError(401);
        return;
      }
      chain.doFilter(request, response);
    });
    context.addFilterDef(guard);
    FilterMap everything = new FilterMap();
    everything.setFilterName("guard");
    everything.addURLPattern("/*");
    context.addFilterMap(everything);
    tomcat.start();
    tomcat.getServer().await();
  }

  private static DefaultJWTProcessor<SecurityContext> verifier(String issuer) throws Exception {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256,
        JWKSourceBuilder.create(URI.create(issuer + "/jwks").toURL()).build()));
    processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(issuer + "/mcp",
        new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp", "scope")));
    return processor;
  }
}
