package gatehouse.conformance;

import com.eclipsesource.json.JsonObject;
import gatehouse.mcp.Completer;
import gatehouse.mcp.Resource;
import gatehouse.mcp.ResourceResult;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Resources: a text, bytes, a family of them, and one that is never twice the same. */
final class Resources {
  static final String WATCHED = "test://watched-resource";

  private Resources() {
  }

  static List<Resource> all() {
    AtomicInteger reads = new AtomicInteger();
    return List.of(
        Resource.at("test://static-text").name("Static text").description("A text")
            .mimeType("text/plain").scopes(Fixtures.SCOPE)
            .text("This is the content of the static text resource.")
            .build(),
        Resource.at("test://static-binary").name("Static bytes").description("A picture")
            .mimeType("image/png").scopes(Fixtures.SCOPE)
            .bytes(Fixtures.PNG)
            .build(),
        Resource.at(WATCHED).name("Watched resource").description("Counts how often it is read")
            .mimeType("text/plain").scopes(Fixtures.SCOPE)
            .handler(call -> ResourceResult.text("Read " + reads.incrementAndGet() + " times"))
            .build(),
        Resource.template("test://template/{id}/data").name("Data").description("Data by its id")
            .mimeType("application/json").scopes(Fixtures.SCOPE)
            .complete("id", Completer.of("123", "456"))
            .handler(call -> data(call.arguments().needText("id")))
            .build());
  }

  private static ResourceResult data(String id) {
    return ResourceResult.text(new JsonObject()
        .add("id", id).add("templateTest", true).add("data", "Data for ID: " + id).toString());
  }
}
