package gatehouse;

import gatehouse.html.Text;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.login.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code /}: what runs here, and how each client is connected to it. Some of the commands are
 * printed at start as well.
 *
 * <p>It says nothing that the metadata documents do not say: whoever reads it need not be signed
 * in.
 */
final class HomePage {
  private final Pages pages;
  private final String mcpUrl;
  private final String name;
  private final boolean hasAccounts;

  /**
   * The page.
   *
   * @param hasAccounts whether people sign in here, and not at another authorization server
   */
  HomePage(Pages pages, String mcpUrl, String name, boolean hasAccounts) {
    this.pages = pages;
    this.mcpUrl = mcpUrl;
    this.name = name;
    this.hasAccounts = hasAccounts;
  }

  /** GET. */
  Response show(Request request) {
    List<Map<String, Object>> clients = new ArrayList<>();
    for (ClientSetup setup : ClientSetup.all(mcpUrl)) {
      clients.add(Map.of("id", setup.id(), "client", setup.client(),
          "how", Text.of("home.how." + setup.id()), "text", setup.text(),
          "link", setup.link() == null ? List.of() : List.of(Map.of("url", setup.link()))));
    }
    return pages.show(request, 200, "home.html", Map.of(
        "name", name, "mcp", mcpUrl, "clients", clients, "accounts", hasAccounts));
  }
}
