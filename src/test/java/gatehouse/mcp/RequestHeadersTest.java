package gatehouse.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatehouse.http.HttpError;
import gatehouse.http.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The headers that repeat the body (2026-07-28, Streamable HTTP). */
class RequestHeadersTest {
  private static final String REGION = """
      {"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},
       "count":{"type":"integer","x-mcp-header":"Count"},
       "deep":{"type":"object","properties":{"on":{"type":"boolean","x-mcp-header":"On"}}}}}""";

  private final Posts posts = new Posts(McpServer.named("t")
      .tool(Tool.named("echo").handler(call -> ToolResult.text("hi")).build())
      .tool(Tool.named("where").input(REGION).handler(call -> ToolResult.text("ok")).build())
      .build());

  private Response call(String name, String arguments, String... headers) {
    String[] all = new String[headers.length + 4];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "MCP-Protocol-Version";
    all[headers.length + 1] = Posts.MODERN;
    all[headers.length + 2] = "mcp-method";
    all[headers.length + 3] = "tools/call";
    return posts.post(Posts.ALICE, Posts.envelope("tools/call",
        "{\"name\":\"" + name + "\",\"arguments\":" + arguments + "}"), all);
  }

  @ParameterizedTest(name = "Mcp-Name [{0}] gives {1}")
  @CsvSource(quoteCharacter = '"', delimiter = '|', nullValues = "-", textBlock = """
      echo                  | 200
      "  echo\t"            | 200
      =?base64?ZWNobw==?=   | 200
      Echo                  | 400
      other                 | 400
      =?base64?ZWNobw?=     | 400
      =?BASE64?ZWNobw==?=   | 400
      -                     | 400
      """)
  void theNameIsComparedAfterDecoding(String header, int status) {
    Response response = call("echo", "{}", "Mcp-Name", header);
    assertEquals(status, response.status());
    if (status == 400) {
      assertEquals(-32020, Posts.code(response));
    }
  }

  // The six vectors of the conformance suite, and bad UTF-8, and a header that is not ASCII.
  @ParameterizedTest(name = "{0} as [{1}] gives {2}")
  @CsvSource(quoteCharacter = '"', delimiter = '|', nullValues = "-", textBlock = """
      Hello              | =?base64?SGVsbG8=?=   | 200
      Hello              | =?base64?SGVsbG8?=    | 400
      Hello              | =?base64?SGVs!!!bG8=?=| 400
      SGVsbG8=           | SGVsbG8=              | 200
      =?base64?SGVsbG8=  | =?base64?SGVsbG8=     | 200
      Hello              | -                     | 400
      Hello              | =?base64?/w==?=       | 400
      Grüße              | Grüße                 | 400
      Grüße              | =?base64?R3LDvMOfZQ==?= | 200
      """)
  void aParameterIsComparedAfterDecoding(String argument, String header, int status) {
    Response response = call("where", "{\"region\":\"" + argument + "\"}",
        "Mcp-Name", "where", "Mcp-Param-Region", header);
    assertEquals(status, response.status());
    if (status == 400) {
      assertEquals(-32020, Posts.code(response));
    }
  }

  @ParameterizedTest(name = "count {0} as [{1}] gives {2}")
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      42                | 42.0 | 200
      42                | 43   | 400
      42                | x    | 400
      null              | -    | 200
      9007199254740993  | 9007199254740993 | 400
      """)
  void integersAreComparedAsNumbers(String argument, String header, int status) {
    assertEquals(status, call("where", "{\"count\":" + argument + "}",
        "Mcp-Name", "where", "Mcp-Param-Count", header).status() == 200 ? 200 : 400);
  }

  @Test
  void aParameterDeepInTheArgumentsIsFound() {
    assertEquals(200, call("where", "{\"deep\":{\"on\":true}}",
        "Mcp-Name", "where", "Mcp-Param-On", "true").status());
    assertEquals(400, call("where", "{\"deep\":{\"on\":true}}",
        "Mcp-Name", "where", "Mcp-Param-On", "True").status());
  }

  @Test
  void aHeaderForAnArgumentThatIsNotThereIsAMismatch() {
    assertEquals(400, call("where", "{}",
        "Mcp-Name", "where", "Mcp-Param-Region", "eu").status());
  }

  @Test
  void twoHeadersThatDifferAreAMismatchAndTwoEqualOnesAreNot() {
    assertEquals(400, call("echo", "{}", "Mcp-Name", "echo", "Mcp-Name", "other").status());
    assertEquals(200, call("echo", "{}", "Mcp-Name", "echo", "Mcp-Name", "echo").status());
  }

  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {"prompts/list", "TOOLS/LIST", "-"})
  void theMethodIsComparedWithItsCase(String header) {
    Response response = posts.post(Posts.ALICE, Posts.envelope("tools/list", "{}"),
        "MCP-Protocol-Version", Posts.MODERN, "Mcp-Method", header);
    assertEquals(400, response.status());
    assertEquals(-32020, Posts.code(response));
  }

  @Test
  void aNameOnAMethodThatHasNoneIsIgnored() {
    assertEquals(200, posts.post(Posts.ALICE, Posts.envelope("tools/list", "{}"),
        "MCP-Protocol-Version", Posts.MODERN, "Mcp-Method", "tools/list",
        "Mcp-Name", "whatever").status());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      Accept       | text/html                          | 406
      Accept       | text/event-stream                  | 200
      Accept       | application/json;q=0, */*          | 200
      Accept       | application/json;q=0.5             | 200
      Accept       | text/event-stream, application/json| 200
      Accept       | */*                                | 200
      Accept       | -                                  | 200
      Content-Type | text/plain                         | 415
      Content-Type | -                                  | 415
      Content-Type | Application/JSON; charset=utf-8    | 200
      """)
  void mediaTypesAreNegotiated(String header, String value, int status) {
    String body = Posts.envelope("tools/list", "{}");
    String[] headers = {header, value,
        "MCP-Protocol-Version", Posts.MODERN, "Mcp-Method", "tools/list"};
    if (status == 200) {
      assertEquals(200, posts.post(Posts.ALICE, body, headers).status());
    } else {
      assertEquals(status, assertThrows(HttpError.class,
          () -> posts.post(Posts.ALICE, body, headers)).status());
    }
  }
}
