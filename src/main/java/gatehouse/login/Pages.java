package gatehouse.login;

import gatehouse.crypto.Seal;
import gatehouse.crypto.Secrets;
import gatehouse.html.Languages;
import gatehouse.html.Templates;
import gatehouse.html.Text;
import gatehouse.http.Audit;
import gatehouse.http.Form;
import gatehouse.http.HttpError;
import gatehouse.http.Request;
import gatehouse.http.Response;
import gatehouse.http.SecurityHeaders;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Shows a page: a template in the language of whoever asked, with the values that all of them have.
 *
 * <p>The language is what the client asked for ({@code ui_locales}, OpenID Connect Core §3.1.2.1),
 * also if its request is behind a {@link Continuation}; then what the browser says; then English.
 * Pages are not stored by caches ({@code SecurityHeaders}), so they need no {@code Vary}.
 *
 * <p>Every value is escaped by the template; nothing here makes markup.
 */
public final class Pages {
  private static final String UI_LOCALES = "ui_locales";

  /** Of a path in the audit trail: longer than any of ours. */
  private static final int MAX_PATH_CHARS = 100;

  private final Templates templates;
  private final String issuer;
  private final String path;
  private final Seal seal;
  private final Function<Continuation, String> formTarget;
  private final Audit audit;

  /**
   * All pages.
   *
   * @param seal of continuations
   * @param formTarget to which other site a continuation may lead at once, as a CSP source, or null
   */
  public Pages(Templates templates, String issuer, Seal seal,
      Function<Continuation, String> formTarget, Audit audit) {
    this.templates = templates;
    this.issuer = issuer;
    this.path = URI.create(issuer).getRawPath();
    this.seal = seal;
    this.formTarget = formTarget;
    this.audit = audit;
  }

  /** The languages in which pages can be shown (RFC 5646). */
  public Set<String> languages() {
    return templates.languages();
  }

  /** A file that pages load, by its name. */
  public byte[] file(String name) {
    return templates.file(name);
  }

  /** The language of whoever sent the request. */
  public String language(Request request) {
    return language(request, asked(request));
  }

  /**
   * The language for a request that stands for another one.
   *
   * @param uiLocales what that one asks for, or null
   */
  public String language(Request request, String uiLocales) {
    return Languages.choose(
        templates.languages(), uiLocales, request.headers("Accept-Language"));
  }

  /** What the request behind a sealed continuation asks for, or null. */
  public String localesBehind(String sealed) {
    Continuation next = Continuation.open(seal, sealed);
    return next == null ? null : first(Form.parse(next.query()), UI_LOCALES);
  }

  /** A page in the language of whoever sent the request; its form may lead where it goes on. */
  public Response show(Request request, int status, String page, Map<String, ?> values) {
    Response shown = show(language(request), status, page, values);
    Continuation next = Continuation.open(seal, (String) values.get(Continuation.PARAMETER));
    String target = next == null ? null : formTarget.apply(next);
    return target == null ? shown
        : shown.with("Content-Security-Policy", SecurityHeaders.pagePolicy(target));
  }

  /** A page in a language. */
  public Response show(String language, int status, String page, Map<String, ?> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.putIfAbsent("issuer", issuer);
    all.put("lang", language);
    return Response.html(status, templates.render(language, page, all))
        .with("Content-Language", language);
  }

  /** The page for whatever went wrong; see the other one. */
  public Response error(Request request, int status, String key) {
    return error(request, status, key, Map.of(), "", null);
  }

  /**
   * The page for whatever went wrong: what happened, whose fault it probably is, what to do next,
   * and a reference, which is in the audit trail as well.
   *
   * @param key the texts are {@code error.KEY.title}, {@code .what}, {@code .why} and {@code .next}
   * @param values for the holes of these texts
   * @param detail a sentence in English for whoever develops the application, or empty
   * @param reference under which it stands in the log already, or null
   */
  public Response error(Request request, int status, String key, Map<String, ?> values,
      String detail, String reference) {
    String known = reference != null ? reference : Secrets.reference();
    audit.record("error_page", key, "reference", known, "path", request.path().length()
        <= MAX_PATH_CHARS ? request.path() : request.path().substring(0, MAX_PATH_CHARS) + "…",
        "detail", detail.isEmpty() ? null : detail);
    Map<String, Object> all = new HashMap<>();
    for (String part : List.of("title", "what", "why", "next")) {
      all.put(part, Text.of("error." + key + "." + part, values));
    }
    all.put("detailed", !detail.isEmpty());
    all.put("detail", detail);
    all.put("reference", known);
    if (status == 421) {
      all.put("issuer", path); // at a foreign Host: leads nowhere, and has no style
    }
    return show(language(request), status, "error.html", all);
  }

  /** The {@code ui_locales} of the request, or of the one behind its continuation; or null. */
  private String asked(Request request) {
    try {
      for (Form form : List.of(request.query(),
          request.hasMediaType("application/x-www-form-urlencoded")
              ? request.form() : Form.EMPTY)) {
        String direct = first(form, UI_LOCALES);
        String found = direct != null ? direct
            : localesBehind(first(form, Continuation.PARAMETER));
        if (found != null) {
          return found;
        }
      }
    } catch (HttpError e) {
      // Parameters that cannot be read ask for nothing; the page may be about them.
    }
    return null;
  }

  private static String first(Form form, String name) {
    List<String> all = form.all(name);
    return all.isEmpty() ? null : all.get(0);
  }
}
