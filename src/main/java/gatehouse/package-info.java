/**
 * Gatehouse: OAuth for MCP in one process. An authorization server, the guard in front of an MCP
 * endpoint, and the endpoint itself, meant to be run, embedded and read.
 *
 * <p>This page is the table of contents. A package is a chapter, and its {@code package-info.java}
 * is the opening page: who reads it, which specifications it obeys, which files in which order. A
 * file is a thing that a specification names. Endpoints end in {@code Endpoint}, screens in {@code
 * Page}, ways to get a token in {@code Grant}; what is kept in the store is a plural, a single one
 * a singular.
 *
 * <pre>{@code
 *                    +-------------------------- one JVM, one port --------------------------+
 *   browser -------> | login     who are you?                                                |
 *                    | oauth     may this client?    --- code, tokens --->  client           |
 *   MCP client ----> | guard     what does this token allow?  --- Access ---> mcp --> tool    |
 *                    +-----------------------------------------------------------------------+
 * }</pre>
 *
 * <h2>The chapters, in reading order</h2>
 *
 * <ol>
 *   <li>{@link gatehouse.json}: JSON from outside.
 *   <li>{@link gatehouse.crypto}: randomness, hashes, seals, passwords.
 *   <li>{@link gatehouse.http}: requests and answers as values; the server around them.
 *   <li>{@link gatehouse.html}: pages with holes.
 *   <li>{@link gatehouse.store}: what is remembered, with the schema.
 *   <li>{@link gatehouse.jose}: keys, signatures, tokens before and after verification.
 *   <li>{@link gatehouse.guard}: the door of the protected resource.
 *   <li>{@link gatehouse.login}: people.
 *   <li>{@link gatehouse.oauth}, {@link gatehouse.oauth.client}, {@link gatehouse.oauth.grant}: the
 *       authorization server.
 *   <li>{@link gatehouse.mcp}, {@link gatehouse.mcp.legacy}: the MCP endpoint.
 *   <li>{@link gatehouse.demo}: an account server, as an example.
 *   <li>This package: the command line, the builder, the wiring, the map of addresses.
 *   <li>{@link gatehouse.junit}: the server in the hands of a test.
 * </ol>
 *
 * <h2>Who may import whom</h2>
 *
 * <p>Read downwards: a chapter may import those named in its line, and no others. A test compares
 * the import lines with this.
 *
 * <pre>{@code
 *   json   crypto                          nothing of ours
 *   http                                   json crypto
 *   html                                   nothing of ours
 *   store                                  crypto
 *   jose                                   json crypto http store
 *   guard                                  json http jose
 *   login                                  json crypto http html store jose
 *   oauth  oauth.client  oauth.grant       json crypto http html store jose guard login
 *   mcp    mcp.legacy                      json crypto http guard
 *   demo                                   json mcp oauth
 *   gatehouse                              everything above
 *   junit                                  everything above
 * }</pre>
 *
 * <p>Three choices keep it free of circles. {@code oauth.AccessTokens} implements {@code
 * guard.TokenVerifier}, so the guard does not look at the authorization server. Each chapter owns
 * its collections over the generic {@code store.Store}, so the store knows none of them. {@code
 * mcp} sees a {@code guard.Access} and neither {@code oauth} nor {@code login}, so either can be
 * read without the other.
 *
 * <p>Where a chapter stands has its reason in five places. {@code demo} is above this package, so
 * that {@code Main} and the builder can name it. {@code store} is above {@code jose}, because
 * {@code KeyRing} keeps its keys there. {@code http} uses {@code crypto} for random references into
 * the log and for entity tags. {@code jose} uses of {@code http} what fetches the keys of
 * others. Signing out is in {@code oauth}, as {@code
 * EndSessionEndpoint}, because clients ask for it too.
 *
 * <h2>The spine</h2>
 *
 * <p>29 files, 4,290 lines: a client calls a tool, is sent for a token, and calls again. Whoever
 * has read these has read Gatehouse; the rest is what they stand on, and what else the
 * specifications ask for. The number is the file's lines.
 *
 * <pre>{@code
 *   It is put together
 *     Main                                96   reads the settings, starts, says where it is
 *     GatehouseBuilder                   287   what a server can be told to be
 *     Gatehouse                          104   what it can be told while it runs
 *     Running                            140   port, store, everything; and back in the other order
 *     Wiring                             278   every object, in the order in which they are made
 *     Routes                             180   every address, one line each
 *
 *   A request arrives
 *     http/Server                        299   from the socket to a Request, and back
 *     http/Request                       147   what was asked, read and within its limits
 *     http/Router                        106   the path is a path: exact, or below
 *     http/Response                      134   what is answered, as a value
 *
 *   It has no token
 *     guard/BearerGuard                  113   decides: let in, or answer
 *     guard/Challenge                     88   401 or 403, and the way to a token
 *
 *   A person allows it
 *     oauth/AuthorizeEndpoint            178   from the link to login, consent or code
 *     oauth/AuthorizationRequests        186   first who asks, then what is asked
 *     login/LoginPage                    104   name and password; a session begins
 *     oauth/ConsentPage                  165   who asks, what it opens; Allow or Deny
 *     oauth/Grants                       174   what was allowed, until it is revoked
 *     oauth/Codes                         90   a handle for a minute, redeemed once
 *
 *   The client fetches a token
 *     oauth/TokenEndpoint                 55   the form, the client, the grant
 *     oauth/client/ClientAuthentication  154   who is calling, by one method exactly
 *     oauth/grant/AuthorizationCodeGrant  79   the order of the checks, and why
 *     oauth/TokenResponse                 85   which tokens the answer has
 *     oauth/AccessTokens                 194   minted here; the next request is verified here
 *     jose/JwtValidator                  112   type, signature, issuer, audience, times
 *
 *   The request comes again, with it
 *     mcp/McpEndpoint                    117   media types, JSON, which era
 *     mcp/Admission                       73   envelope, headers, version, method
 *     mcp/Operations                     251   the method table: prepare, then run
 *     mcp/Tools                          137   scopes, arguments, the call, the result
 *     demo/AccountTools                  164   whose account: the token says it
 * }</pre>
 *
 * <h2>Where the time goes</h2>
 *
 * <p>Shares of the server's processor time, by flight recorder on JDK 25, 16 connections; within
 * two points. {@code ./build.sh bench profile} measures them anew, by package.
 *
 * <pre>{@code
 *   A guarded tool call, its token seen before
 *     65 %   the JDK's HTTP server: 20 the write, 15 the head byte by byte, 11 selecting, the rest
 *      9 %   mcp.Operations: the tool and its schema 5, the audit line 2, the answer as bytes 2
 *      9 %   guard and oauth.AccessTokens: the grant's row 3, SHA-256 2, the token's characters 2
 *      8 %   http: Server, Router, Hosts, headers
 *      6 %   the body is read, and parsed by json
 *      3 %   mcp.Admission 2, the writer of the log 1
 *
 *   A token, the JDK's RSA-2048                   client_credentials      refresh
 *     the signature                                      88 %               86 %
 *     the HTTP server and the kernel below it             9 %                9 %
 *     all that is ours                                    3 %                5 %
 * }</pre>
 *
 * <p>The token's shares are of perf on JDK 17, since the flight recorder does not see into the loop
 * that multiplies. They hold when everything is compiled, which takes a minute on one core: a
 * thousand tokens a second are few calls for a compiler. Of ours at a refresh a quarter is writing
 * JSON and a sixth sealing the answer that may be repeated.
 *
 * <p>Of a tool call, half is the kernel's: sockets, and a thread of the pool that has to be woken.
 *
 * <h2>A start</h2>
 *
 * <p>The port answers before everything is there. {@link gatehouse.Gatehouse} is put together in
 * the order in which clients ask: what the server says of itself, tokens, tools, people; and a
 * request for what is not there yet waits. So the first metadata takes half as long again as a bare
 * server's first answer, and with the archive of classes not even as long. What is above the bare
 * one is loading a hundred classes, linking fifty lambdas, and code that runs for the first time;
 * on one core, also the rest, which is put together meanwhile.
 *
 * <p>For other questions, other ways in. What is stored: {@link gatehouse.store}. How a refresh
 * token survives a lost answer and not a theft: {@code oauth.RefreshTokens}. How a stranger's URL
 * is fetched without harm: {@code http.Fetch}. What refuses to start: {@code SafeSettings}.
 */
package gatehouse;
