/**
 * Pages: templates with holes, texts in several languages, and where the files come from.
 *
 * <p>For operators who want to replace a page or a text, and for readers who want to be sure that
 * no text of a client becomes markup. There is no way to insert a value unescaped, so a page is
 * safe whatever its values are.
 *
 * <pre>{@code
 *   {{client}}                                        the value, escaped
 *   {{#optional}} ... {{title}} ... {{/optional}}     once for each item; not at all for false
 *   {{t.consent.allow}}                               the text of that name, in the page's language
 *   {{>foot.html}}                                    a piece that pages have in common
 *
 *   login.html  head.html  foot.html ---+
 *                                       +--> Reader, once --> Template --> render(values)
 *   texts_de.txt, or else texts_en.txt -+                 for (page, language)
 * }</pre>
 *
 * <p>The first two are filled with every rendering; the last two are put in when the template is
 * read, and are templates themselves. All texts of a language are in one file, {@code
 * texts_LANGUAGE.txt}; where it lacks one, the English one stands. The files in the folder of
 * {@code --templates} go before those in the jar: pages, pieces and the stylesheet file by file,
 * texts one by one.
 *
 * <p>Code that has something to say to a person makes a {@code Text} of a key and values, and gives
 * it to the page as any other value. It need not know the language, and has no sentences of its
 * own:
 *
 * <pre>{@code
 *   texts_en.txt    problem.wait = Please wait {{seconds}} seconds and try again.
 *   texts_de.txt    problem.wait = Bitte warten Sie {{seconds}} Sekunden.
 *   page.html       {{#problem}}<p role="alert">{{problem}}</p>{{/problem}}
 *
 *   pages.show(request, 429, "page.html", Map.of("problem", Text.of("problem.wait", "seconds", 5)))
 *   pages.show(request, 200, "page.html", Map.of("problem", Text.NONE))
 * }</pre>
 *
 * <p>Whoever adds a page names it in {@code Templates.PAGES} and adds its texts to every {@code
 * texts_*.txt} in the jar; a test compares them, and looks for texts that nobody names.
 *
 * <p>In order of reading: {@code Template}, {@code Reader}, {@code Source}, {@code Texts}, {@code
 * Text}, {@code Templates}, {@code Languages}; then the files in the folder {@code templates}. A
 * page that names a value or a text which does not exist fails with file and line: an operator's at
 * start, as far as it can be known then.
 *
 * <p>The package imports nothing of ours. Headers of pages (content security policy, framing) are
 * {@code http}'s; common values and the choice of the language are {@code login.Pages}'.
 */
package gatehouse.html;
