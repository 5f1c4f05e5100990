/**
 * State: rows of JSON in tables, each with an end, and six operations on them.
 *
 * <p>For readers who ask what the server remembers, and for writers of another store. {@link
 * gatehouse.store.Store} is the contract, {@link gatehouse.store.MemoryStore} its shortest
 * implementation. Each chapter keeps its own collection over it, so nothing here knows what a code
 * or a session is. No specification says how state is kept; what the operations have to be good for
 * does (single use in RFC 6749 §4.1.2, rotation in RFC 9700 §4.14.2).
 *
 * <pre>{@code
 *   take            of many callers one gets the row       a pushed request
 *   insertIfAbsent  of many callers one succeeds           a form, an assertion, a key
 *   replaceIfSame   of many callers one succeeds           redeeming a code, rotating a token
 *   get put scan    no promise beyond the single row       all the rest
 * }</pre>
 *
 * <h2>The schema</h2>
 *
 * <p>A table comes into being when it is first written. Keys marked "hash" are SHA-256 in base64url
 * of what the client or browser holds: the table alone opens nothing. Times are seconds since 1970
 * unless said otherwise. Sample rows are shortened at the ellipses.
 *
 * <p><b>sessions-00</b> to <b>sessions-ff</b> ({@code login.Sessions}), by hash of the cookie; ends
 * with the session lifetime. Which of the tables, the user decides: see {@link
 * gatehouse.store.OwnedRows}. Times are in milliseconds; {@code seen} is written every five minutes
 * at most.
 * <pre>{@code
 *   2b5TkFZm...  {"user":"alice","auth_time":1795460085120,"amr":["pwd"],
 *                 "device":"Firefox, Linux","seen":1795460085120,"ends":1795503285120}
 * }</pre>
 *
 * <p><b>passwords</b> ({@code login.ChangedPasswords}), by user; no end. The hash of the configured
 * password, and that of the one which has taken its place, if any.
 * <pre>{@code
 *   alice        {"configured":"$argon2id$v=19$m=19456,...","changed":"$argon2id$v=19$m=19456,..."}
 * }</pre>
 *
 * <p><b>used_forms</b> ({@code login.Csrf}), by the nonce inside the sealed token; an hour. Forms
 * that were shown and never sent leave no row.
 * <pre>{@code
 *   EcVNkx56...  {}
 * }</pre>
 *
 * <p><b>clients</b> ({@code oauth.client.Registered}), by client id. {@code secret} and {@code
 * management} are hashes; {@code owner} is who registered it by hand, or null; {@code used} is
 * there once a user has granted it something, {@code brief} if it came in a flood. Two days without
 * use, then half an hour, 400 days after one, and as long as a grant can last.
 * <pre>{@code
 *   bmAHxTL4...  {"metadata":{"redirect_uris":["http://127.0.0.1:8765/callback"],
 *                  "response_types":["code"],"token_endpoint_auth_method":"none",
 *                  "grant_types":["authorization_code","refresh_token"],
 *                  "client_name":"My first client"},
 *                 "secret":null,"management":"K37sUYnK...","owner":null,
 *                 "created":1795460084,"used":1795460085}
 * }</pre>
 *
 * <p><b>clients_of</b> ({@code oauth.client.Registered}), by user: what they have registered by
 * hand, in that order; no end.
 * <pre>{@code
 *   alice        {"ids":["bmAHxTL4..."]}
 * }</pre>
 *
 * <p><b>clients_alike</b> ({@code oauth.client.Registered}), by hash of the metadata: the unused
 * registrations that say the same, oldest first; two days.
 * <pre>{@code
 *   vnQ0TRjP...  {"ids":["bmAHxTL4..."]}
 * }</pre>
 *
 * <p><b>client_documents</b> ({@code oauth.client.ClientIdMetadataDocument}), by client id, which
 * is the address. Fresh until {@code until}, in milliseconds; the row stays a day longer, for a
 * host that fails.
 * <pre>{@code
 *   https://app.example/client.json  {"metadata":{...},"until":1795460685000}
 * }</pre>
 *
 * <p><b>used_assertions</b> ({@code oauth.client.ClientAssertion}), by hash of client id and {@code
 * jti}; ends with the assertion.
 * <pre>{@code
 *   q7Jm2fXe...  {}
 * }</pre>
 *
 * <p><b>pushed_requests</b> ({@code oauth.PushedRequests}), by hash of the handle; 90 seconds, and
 * taken at first use.
 * <pre>{@code
 *   KrSrtoxH...  {"client":"bmAHxTL4...","form":"client_id=bmAHxTL4...&response_type=code&..."}
 * }</pre>
 *
 * <p><b>consents</b> ({@code oauth.Consents}), by hash of user, client, where the answer goes and
 * the resources; ends with the grant lifetime. What a user agreed to, for not asking again.
 * <pre>{@code
 *   BN15siO1...  {"user":"alice","client":"bmAHxTL4...","scope":"account:read"}
 * }</pre>
 *
 * <p><b>grants-00</b> to <b>grants-ff</b> ({@code oauth.Grants}), by grant id, which tokens carry;
 * spread like sessions. Taking the row ends every token that names it. {@code name} and {@code
 * host} are what the client said when it was allowed; {@code used} is exact for refreshes, and to
 * five minutes for requests.
 * <pre>{@code
 *   2bIRuGax...  {"user":"alice","client":"bmAHxTL4...","scope":"account:read",
 *                 "resource":["http://localhost:8080/mcp"],
 *                 "auth_time":1795460085,"amr":["pwd"],"ends":1811012085,
 *                 "name":"My first client","host":"127.0.0.1",
 *                 "begun":1795460090,"used":1795467090}
 * }</pre>
 *
 * <p><b>codes</b> ({@code oauth.Codes}), by hash. Good until {@code until}; {@code used} appears
 * when it is redeemed. The row stays an hour, so that a second redemption is recognised.
 * <pre>{@code
 *   GXy52SMD...  {"grant":"2bIRuGax...","client":"bmAHxTL4...",
 *                 "redirect_uri":"http://127.0.0.1:8765/callback",
 *                 "challenge":"E9Melhoa...","nonce":null,"until":1795460145,"used":true}
 * }</pre>
 *
 * <p><b>refresh_tokens</b> ({@code oauth.RefreshTokens}), by hash; ends when unused for the refresh
 * token's lifetime. A token that was used names its successor ({@code next}), and for which
 * request.
 * <pre>{@code
 *   5OfAsoDw...  {"grant":"2bIRuGax...","client":"bmAHxTL4...","next":"xVVddLbd...",
 *                 "request":"AbpHGcgL..."}
 *   xVVddLbd...  {"grant":"2bIRuGax...","client":"bmAHxTL4..."}
 * }</pre>
 *
 * <p><b>refresh_answers</b> ({@code oauth.RefreshTokens}), by hash of the successor; a minute. The
 * answer that the same request gets again, sealed under the token that was used.
 * <pre>{@code
 *   xVVddLbd...  {"answer":"X0cnwHFX..."}
 * }</pre>
 *
 * <p><b>passkeys</b>, <b>passkey_users</b>, <b>totp</b>, <b>totp_used</b>, <b>recovery_codes</b>,
 * <b>upstream_links</b>, <b>upstream_attempts</b>: second factors and upstream providers; sample
 * rows stand at the classes of {@code login} and {@code login.passkey} that keep them.
 *
 * <p><b>revoked_tokens</b> ({@code oauth.AccessTokens}), by {@code jti}; ends when the token would
 * have expired.
 * <pre>{@code
 *   zkQRN0Qe...  {}
 * }</pre>
 *
 * <p><b>keys</b> ({@code jose.KeyRing}), by key id; no end, the ring drops what is no longer
 * needed. {@code from}, in milliseconds, is when it begins to sign. The private key is in the
 * clear unless there is a passphrase: whoever can read the store can sign.
 * <pre>{@code
 *   PiDJAu_M...  {"pkcs8":"MIIEvQIB...","from":1795460083120,"number":1}
 * }</pre>
 *
 * <p><b>key_claims</b> ({@code jose.KeyRing}), by the number of the key that is being made; ten
 * seconds. Who inserts the row makes the key, the others wait for it.
 * <pre>{@code
 *   2            {}
 * }</pre>
 *
 * <p><b>secrets</b> ({@code gatehouse.Wiring}, {@code gatehouse.OwnCertificate}), no end: what
 * {@code crypto.Seal} works with, and the certificate of {@code --tls self-signed} with its key.
 * <pre>{@code
 *   seal         {"value":"KIXCdPAS..."}
 *   tls          {"names":"localhost 127.0.0.1 ::1","certificate":"MIIBwjCC...","key":"MIGHAgEA..."}
 * }</pre>
 *
 * <p><b>probes</b> ({@code gatehouse.WatchedStore}), one row, seconds: whether anything can be
 * written.
 * <pre>{@code
 *   ready        {}
 * }</pre>
 *
 * <p>Not in the store: users and clients of the configuration, which come from it at every start;
 * rate limits and caches of other people's keys, which may be forgotten; MCP sessions of older
 * revisions, which end with the process.
 *
 * <p>In order of reading: {@code Store}, {@code MemoryStore}, {@code Change}, {@code Row}, {@code
 * Tables}, {@code Table}, {@code ExpiryQueue}, {@code StoredText}; {@code OwnedRows}, on top of any
 * store; then the same on disk, {@code
 * JournalStore} first: {@code GroupCommit}, {@code Journal}, {@code JournalRecord}, {@code
 * JournalReader}, {@code DataDirectory}, {@code Recovery}, {@code Snapshot}, {@code Compaction}.
 * {@code SealedStore} around either; and the same in a database: {@code JdbcStore}, {@code
 * JdbcSchema}, {@code ConnectionPool}, {@code DriverJar}. {@code DirectoryLock}, {@code Disk} and
 * {@code StoreUnavailable} when they are met.
 *
 * <p>Of ours it imports {@code crypto}, for sealing.
 */
package gatehouse.store;
