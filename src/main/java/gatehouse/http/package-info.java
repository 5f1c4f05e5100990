/**
 * HTTP as values: a request comes in as one, an answer goes out as one, and what lies between is
 * functions.
 *
 * <p>For readers who want to follow a request from the socket to its handler; for writers of an
 * endpoint, who need {@link gatehouse.http.Request}, {@link gatehouse.http.Form} and {@link
 * gatehouse.http.Response}. Obeyed are RFC 9110 (methods, status codes, {@code Allow}), RFC 6265
 * (cookies), WHATWG Fetch (CORS), WHATWG HTML (event streams), the form rules of RFC 6749 §3, and
 * in the other direction, where we are the client, RFC 9112 and RFC 6890. For TLS it is RFC 9325,
 * for what proxies say of a client RFC 7239.
 *
 * <pre>{@code
 *   socket --> JDK server --> Workers: a few threads, or as many as wait
 *                                |
 *   Server   target length -> Host -> route -> Origin -> preflight -> body length
 *                                |                             what is thrown: HttpError,
 *            Interceptor --> Handler --> Response              and every bug, become an
 *                                |                             answer here
 *   Server   Cors -> SecurityHeaders -> headers, body or Events --> socket
 *
 *   Fetch    the way out: resolve once -> SpecialAddresses -> TLS -> HttpReply
 * }</pre>
 *
 * <p>In order of reading: {@code Request}, {@code Response}, {@code Handler}, {@code Route}, {@code
 * Router}, {@code Server}; then what it calls on the way: {@code Tls}, {@code Proxies}, {@code
 * Hosts}, {@code Cors}, {@code SecurityHeaders}, {@code Limits}, {@code Body}, {@code Patience},
 * {@code Workers}, {@code Pace}, {@code JdkSettings}, {@code Interceptor}, {@code Events}, {@code
 * HttpError}, {@code Refusal}, {@code Traffic}, {@code Histogram}; then what endpoints use: {@code
 * Form}, {@code Cookie}, {@code Urls}, {@code Document}, {@code RateLimit}, {@code Audit}; and last
 * the ways out: {@code Fetch}, {@code SpecialAddresses}, {@code HttpReply} for what strangers name,
 * {@code BackChannel} for whom the operator names.
 *
 * <p>{@code Server} is the only class that knows {@code com.sun.net.httpserver}. The package
 * imports {@code crypto}, for the references by which a line of the log is found and for entity
 * tags, and {@code json}, for the answers that {@code BackChannel} gets.
 */
package gatehouse.http;
