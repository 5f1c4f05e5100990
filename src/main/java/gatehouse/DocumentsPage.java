package gatehouse;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.WriterConfig;
import gatehouse.guard.AuthorizationServer;
import gatehouse.html.Text;
import gatehouse.http.Handler;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.json.Fields;
import gatehouse.login.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code /metadata}: the documents that clients read, for people: the very documents that are
 * served at their addresses, one member at a time, each with a sentence about what it is for.
 */
final class DocumentsPage {
  /** Where it is, under the issuer. */
  static final String PATH = "/metadata";

  /** A document: a name for its texts, where it is, and what answers there if that is here. */
  private record Shown(String id, String url, Handler handler) {
  }

  private final Pages pages;
  private final List<Shown> documents = new ArrayList<>();

  /**
   * The page.
   *
   * @param server the authorization server's document, or null if there is none here
   * @param others whose tokens are accepted instead
   */
  DocumentsPage(Pages pages, String issuer, Handler resource, Handler server, Handler keys,
      List<AuthorizationServer> others) {
    this.pages = pages;
    documents.add(new Shown("resource", Routes.resourceMetadata(issuer), resource));
    if (server != null) {
      documents.add(new Shown("server",
          issuer + "/.well-known/oauth-authorization-server", server));
      documents.add(new Shown("keys", issuer + "/jwks", keys));
    }
    others.forEach(other -> documents.add(new Shown("other", other.issuer(), null)));
  }

  /** GET. */
  Response show(Request request) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (Shown document : documents) {
      shown.add(Map.of("title", Text.of("metadata." + document.id + ".title"),
          "about", Text.of("metadata." + document.id + ".about"),
          "url", document.url,
          "members", document.handler == null ? List.of() : members(document.handler)));
    }
    return pages.show(request, 200, "metadata.html", Map.of("documents", shown));
  }

  private static List<Map<String, Object>> members(Handler handler) {
    Response answer = handler.handle(
        new Request("GET", PATH, null, Map.of(), new byte[0], "127.0.0.1"));
    List<Map<String, Object>> members = new ArrayList<>();
    for (JsonObject.Member member : Fields.read(answer.body()).asObject()) {
      String name = member.getName();
      members.add(Map.of("member", name,
          "sentence", Text.optional("member." + name, ""), "value", value(member.getValue())));
    }
    return members;
  }

  private static String value(JsonValue value) {
    return value.isString() ? value.asString() : value.toString(WriterConfig.PRETTY_PRINT);
  }
}
