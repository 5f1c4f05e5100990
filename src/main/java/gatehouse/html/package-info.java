/**
 * Pages: templates with holes, and where the files come from.
 *
 * <p>For operators who want to replace a page, and for readers who want to be sure that no text of
 * a client becomes markup. The language has two constructs. There is no way to insert a text
 * unescaped, so a page is safe whatever its values are.
 *
 * <pre>{@code
 *   {{client}}                                 the value, escaped
 *   {{#optional}} ... {{title}} ... {{/optional}}     once for each item; not at all for false
 *
 *   consent.html:  --templates DIR first, then the jar --> Template.parse, once --> render(values)
 * }</pre>
 *
 * <p>In order of reading: {@code Template}, {@code Templates}; then the files in the folder {@code
 * templates}. A page that names a value which does not exist fails with its file and line.
 *
 * <p>The package imports nothing of ours. Headers of pages (content security policy, framing) are
 * {@code http}'s, common values {@code login.Pages}'.
 */
package gatehouse.html;
