package gatehouse.conformance;

import gatehouse.mcp.Answer;
import gatehouse.mcp.Ask;
import gatehouse.mcp.Call;
import gatehouse.mcp.Completer;
import gatehouse.mcp.Content;
import gatehouse.mcp.Prompt;
import gatehouse.mcp.PromptResult;
import java.util.List;

/** Prompts: words, words with arguments, other content, and one that has a question first. */
final class Prompts {
  private static final String CONTEXT = """
      {"type": "object", "properties": {"context": {"type": "string"}},
       "required": ["context"]}""";

  private Prompts() {
  }

  static List<Prompt> all() {
    return List.of(
        prompt("test_simple_prompt", "A prompt without arguments")
            .handler(call -> PromptResult.user("This is a simple prompt for testing."))
            .build(),
        prompt("test_prompt_with_arguments", "A prompt with two arguments")
            .argument("arg1", "the first", true).argument("arg2", "the second", true)
            .complete("arg1", Completer.of("test", "testValue1", "testimony", "other"))
            .handler(call -> PromptResult.user(
                "Prompt with arguments: arg1='" + call.arguments().text("arg1")
                + "', arg2='" + call.arguments().text("arg2") + "'"))
            .build(),
        prompt("test_prompt_with_embedded_resource", "A prompt with a resource inside")
            .argument("resourceUri", "the URI of the resource", true)
            .handler(call -> PromptResult
                .user(Content.resource(call.arguments().text("resourceUri"), "text/plain",
                    "Embedded resource content for testing."))
                .andUser("Please process the embedded resource above."))
            .build(),
        prompt("test_prompt_with_image", "A prompt with a picture inside")
            .handler(call -> PromptResult
                .user(Content.image(Fixtures.PNG, "image/png"))
                .andUser("Please analyze the image above."))
            .build(),
        prompt("test_input_required_result_prompt", "A prompt that asks the user first")
            .asks()
            .handler(Prompts::inContext)
            .build());
  }

  private static Prompt.Builder prompt(String name, String description) {
    return Prompt.named(name).description(description).scopes(Fixtures.SCOPE);
  }

  private static PromptResult inContext(Call call) throws InterruptedException {
    Answer answer = call.ask("user_context", Ask.form("What is this about?", CONTEXT));
    return PromptResult.user(answer.accepted()
        ? "Use this context: " + answer.content().text("context") : "There is no context.");
  }
}
