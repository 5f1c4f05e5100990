package gatehouse.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.junit.Flaw;
import gatehouse.junit.GatehouseTest;
import gatehouse.junit.TestGatehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recipe 4: one token per mistake that a protected service must not make. */
@GatehouseTest
class WrongTokensTest {
  @ParameterizedTest
  @EnumSource(Flaw.class)
  void are_refused(Flaw flaw, TestGatehouse gatehouse) throws Exception {
    String token = gatehouse.tokenFor("alice").flawed(flaw).issue();
    assertEquals(401, call(gatehouse, token));
  }

  @Test
  void are_refused_with_a_claim_missing(TestGatehouse gatehouse) throws Exception {
    assertEquals(401, call(gatehouse, gatehouse.tokenFor("alice").without("exp").issue()));
    assertEquals(200, call(gatehouse, gatehouse.tokenFor("alice").issue()));
  }

  /** The service under test; here it is the MCP endpoint. */
  private static int call(TestGatehouse gatehouse, String token) throws Exception {
    return new SmallClient(gatehouse.issuer(), "my-client").call(gatehouse.mcpUrl(), token);
  }
}
