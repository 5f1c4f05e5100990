/**
 * The vocabulary of the tests, to be read before them: what a browser, a client and a clock do, in
 * the words of the protocol.
 *
 * <pre>
 *   GatehouseServer   a running server for a class or for a test, and its TestClock
 *   OAuthClient       discovery, registration, tokens;  an Attempt is one authorization request
 *   Browser           a Person's: every Page is read, filled in and sent like HTML
 *   McpClient         any revision over raw HTTP
 *   Chromium          a real browser, and what its Screen shows
 *
 *   Http, Answer, Parameters, Tokens     what all of them send and get
 *   RawSocket, WebHost                   for the hostile and the far end
 *   Trust, Pkcs12                        certificates, at both ends
 *   AuditTrail, LogCapture, Exposed      what an operator reads: audit lines, log, metrics
 *   Secrecy                              hears the log of the whole run, and knows its secrets
 * </pre>
 *
 * <p>A whole story is one line:
 *
 * <pre>{@code
 * server.mcp(server.newClient().connect(Person.ALICE)).call("get_account").structured();
 * }</pre>
 *
 * <p>Nothing here is shared with the main code except its builder and its reader of URLs: a mistake
 * in a rule of the protocol must not be made on both sides.
 */
package gatehouse.support;
