package gatehouse.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.Gatehouse;
import gatehouse.support.OAuthClient;
import gatehouse.support.Person;
import gatehouse.support.Tokens;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest.CompleteArgument;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceReference;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.Root;
import io.modelcontextprotocol.spec.McpSchema.SubscribeRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.UnsubscribeRequest;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The official clients, each in its newest revision, list and call every kind of fixture on a
 * guarded server. What the TypeScript ones do stands in {@code src/test/js/conformance/walk.mjs}.
 */
@DisplayName("On the fixtures")
class ClientsOnFixturesTest {
  private static Gatehouse gatehouse;

  @BeforeAll
  static void start() {
    gatehouse = ConformanceServer.guarded().start();
  }

  @AfterAll
  static void stop() {
    gatehouse.close();
  }

  @Test
  @DisplayName("the TypeScript client 1.x does everything in a session of 2025-11-25")
  void typescript_1() throws IOException, InterruptedException {
    NodeScript.passes("clients-1.mjs", gatehouse.mcpUrl(),
        ConformanceServer.USER, ConformanceServer.PASSWORD);
  }

  @Test
  @DisplayName("the TypeScript client 2.x does everything in 2026-07-28")
  void typescript_2() throws IOException, InterruptedException {
    NodeScript.passes("clients-2.mjs", gatehouse.mcpUrl(),
        ConformanceServer.USER, ConformanceServer.PASSWORD);
  }

  @Nested
  @DisplayName("the Java client in a session of 2025-11-25")
  class Java {
    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    private McpSyncClient client;

    @BeforeEach
    void connect() {
      Tokens tokens = OAuthClient.discover(gatehouse.mcpUrl()).register()
          .connect(new Person(ConformanceServer.USER, ConformanceServer.PASSWORD));
      client = McpClient.sync(HttpClientStreamableHttpTransport.builder(gatehouse.issuer())
              .endpoint("/mcp")
              .openConnectionOnStartup(true)
              .addHttpRequestCustomizer((request, method, uri, body, context) ->
                  request.header("Authorization", "Bearer " + tokens.access()))
              .build())
          .requestTimeout(Duration.ofSeconds(20))
          .capabilities(McpSchema.ClientCapabilities.builder()
              .elicitation().sampling().roots(true).build())
          .roots(new Root("file:///test/root", "Test Root"))
          .sampling(request -> CreateMessageResult.builder(Role.ASSISTANT, "Paris", "test-model")
              .stopReason(CreateMessageResult.StopReason.END_TURN).build())
          .elicitation(request -> ElicitResult.builder(ElicitResult.Action.ACCEPT)
              .content(filledIn(request.requestedSchema())).build())
          .progressConsumer(told::add)
          .loggingConsumer(told::add)
          .toolsChangeConsumer(told::add)
          .resourcesUpdateConsumer(told::add)
          .build();
      assertEquals(ProtocolVersions.MCP_2025_11_25, client.initialize().protocolVersion());
    }

    @AfterEach
    void disconnect() {
      client.closeGracefully();
    }

    @Test
    @DisplayName("lists the tools and gets every kind of content")
    void content() {
      assertTrue(client.listTools().tools().size() > 30);
      assertEquals("This is a simple text response for testing.", text("test_simple_text"));
      assertInstanceOf(ImageContent.class, call("test_image_content").content().get(0));
      assertInstanceOf(AudioContent.class, call("test_audio_content").content().get(0));
      assertInstanceOf(EmbeddedResource.class, call("test_embedded_resource").content().get(0));
      assertEquals(List.of(TextContent.class, ImageContent.class, EmbeddedResource.class),
          call("test_multiple_content_types").content().stream().map(Object::getClass).toList());
      assertTrue(call("test_error_handling").isError());
      assertEquals(-32602, refusal(() -> call("no_such_tool")));
    }

    @Test
    @DisplayName("sees progress and log")
    void progressAndLog() throws InterruptedException {
      client.callTool(CallToolRequest.builder("test_tool_with_progress")
          .progressToken("progress-1").build());
      for (double progress : List.of(0d, 50d, 100d)) {
        assertEquals(progress, next(McpSchema.ProgressNotification.class).progress());
      }
      client.setLoggingLevel(LoggingLevel.DEBUG);
      call("test_tool_with_logging");
      for (int i = 0; i < 3; i++) {
        assertEquals(LoggingLevel.INFO,
            next(McpSchema.LoggingMessageNotification.class).level());
      }
    }

    @Test
    @DisplayName("answers what it is asked")
    void questions() {
      assertEquals("Hello, Alice!", text("test_input_required_result_elicitation"));
      assertEquals("The model says: Paris", text("test_input_required_result_sampling"));
      assertEquals("Found 1 root(s)", text("test_input_required_result_list_roots"));
      assertEquals("state-ok: ok? yes", text("test_input_required_result_request_state"));
      assertEquals("Paris, 1 root(s)", text("test_input_required_result_multiple_inputs"));
      assertEquals("Alice likes blue", text("test_input_required_result_multi_round"));
      assertEquals("Deleted a.txt", text("confirm_delete", Map.of("filename", "a.txt")));
      assertEquals("Got 2 answers", text("multi_input"));
      assertEquals("LLM response: Paris", text("test_sampling", Map.of("prompt", "Well?")));
    }

    @Test
    @DisplayName("waits for work that could be a task")
    void waiting() {
      // Not test_reconnection: 2.1.0 resumes a stream that broke, but not one that was ended.
      assertEquals("Computed pi",
          text("slow_compute", Map.of("seconds", 1, "label", "pi")));
    }

    @Test
    @DisplayName("lists and reads the resources")
    void resources() {
      assertTrue(client.listResources().resources().size() >= 3);
      assertEquals("test://template/{id}/data",
          client.listResourceTemplates().resourceTemplates().get(0).uriTemplate());
      assertInstanceOf(TextResourceContents.class, read("test://static-text"));
      assertInstanceOf(BlobResourceContents.class, read("test://static-binary"));
      assertTrue(((TextResourceContents) read("test://template/123/data")).text()
          .contains("Data for ID: 123"));
      assertEquals(-32002, refusal(() -> read("test://nothing")));
    }

    @Test
    @DisplayName("hears of changes")
    void changes() throws InterruptedException {
      call("test_trigger_tool_change");
      assertTrue(next(List.class).size() > 30);
      client.subscribeResource(SubscribeRequest.builder(Resources.WATCHED).build());
      call("test_trigger_resource_update");
      assertInstanceOf(TextResourceContents.class, next(List.class).get(0));
      client.unsubscribeResource(UnsubscribeRequest.builder(Resources.WATCHED).build());
    }

    @Test
    @DisplayName("lists, gets and completes the prompts")
    void prompts() {
      assertEquals(5, client.listPrompts().prompts().size());
      assertEquals("Prompt with arguments: arg1='a', arg2='b'",
          prompt("test_prompt_with_arguments", Map.of("arg1", "a", "arg2", "b")));
      assertEquals("Use this context: tea", prompt("test_input_required_result_prompt", Map.of()));
      assertEquals(List.of("test", "testValue1", "testimony"),
          complete(new PromptReference("test_prompt_with_arguments"), "arg1", "test"));
      assertEquals(List.of("456"),
          complete(new ResourceReference("test://template/{id}/data"), "id", "4"));
    }

    private CallToolResult call(String tool) {
      return client.callTool(CallToolRequest.builder(tool).build());
    }

    private String text(String tool) {
      return text(tool, Map.of());
    }

    private String text(String tool, Map<String, Object> arguments) {
      return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build())
          .content().stream().map(block -> ((TextContent) block).text())
          .collect(Collectors.joining("|"));
    }

    private ResourceContents read(String uri) {
      return client.readResource(ReadResourceRequest.builder(uri).build()).contents().get(0);
    }

    private String prompt(String name, Map<String, Object> arguments) {
      GetPromptRequest request = GetPromptRequest.builder(name).arguments(arguments).build();
      return ((TextContent) client.getPrompt(request).messages().get(0).content()).text();
    }

    private List<String> complete(
        McpSchema.CompleteReference ref, String argument, String typed) {
      return client.completeCompletion(
          CompleteRequest.builder(ref, new CompleteArgument(argument, typed)).build())
          .completion().values();
    }

    /** The next thing of that kind that the server tells; others are passed over. */
    private <T> T next(Class<T> kind) throws InterruptedException {
      Object next;
      do {
        next = told.poll(5, TimeUnit.SECONDS);
        assertTrue(next != null, () -> "no " + kind.getSimpleName() + " has come");
      } while (!kind.isInstance(next));
      return kind.cast(next);
    }

    private static int refusal(Runnable request) {
      return assertThrows(McpError.class, request::run).getJsonRpcError().code();
    }

    /** What the user writes into a form, by its first property. */
    private static Map<String, Object> filledIn(Map<String, Object> schema) {
      String first = ((Map<?, ?>) schema.get("properties")).keySet().iterator().next().toString();
      return switch (first) {
        case "ok", "confirm" -> Map.of(first, true);
        default -> Map.of(first, Map.of("name", "Alice", "color", "blue", "context", "tea")
            .get(first));
      };
    }
  }
}
