package gatehouse.login;

import gatehouse.html.Templates;
import gatehouse.http.Response;
import java.util.HashMap;
import java.util.Map;

/**
 * Shows a page: a template with the values that all of them have.
 *
 * <p>Every value is escaped by the template; nothing here makes markup.
 */
public final class Pages {
  private final Templates templates;
  private final String issuer;

  public Pages(Templates templates, String issuer) {
    this.templates = templates;
    this.issuer = issuer;
  }

  /** A page. */
  public Response show(int status, String template, Map<String, ?> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("issuer", issuer);
    return Response.html(status, templates.render(template, all));
  }

  /**
   * The page for whatever went wrong: what happened, and what to do next.
   *
   * @param reference the id under which it stands in the log, or null
   */
  public Response error(int status, String title, String what, String next, String reference) {
    Map<String, Object> values = new HashMap<>();
    values.put("title", title);
    values.put("what", what);
    values.put("next", next);
    values.put("logged", reference != null);
    values.put("reference", reference == null ? "" : reference);
    return show(status, "error.html", values);
  }
}
