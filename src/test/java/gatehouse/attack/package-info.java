/**
 * Attacks, one class per threat and named after it: RFC 9700 §4, OAuth 2.1 §7, and the MCP security
 * best practices.
 *
 * <p>A refusal is asserted in three parts: the status, the code that a machine reads, and that
 * nothing has changed (the code is still good, the user is still signed out, the account still says
 * what it said). {@link gatehouse.spec.Refusals} has the first two.
 *
 * <pre>
 *   RFC 9700                                       MCP security best practices
 *   4.1  redirect URI    RedirectUriManipulation   confused deputy     ConfusedDeputy
 *   4.2  referrer        ResponseHeaders           token passthrough   TokenSubstitution
 *   4.3  history, logs   TokenInQuery, LogSecrecy  SSRF                ServerSideRequestForgery,
 *   4.4  mix-up          MixUp                                         SsrfByRegistration,
 *   4.5  code injection  CodeInjection,                                HostileDocument,
 *                        CodeReplay, CodeRace                          HostileDocumentHost
 *   4.7  CSRF            Csrf                      state handles       StateHandleHijacking
 *   4.8  PKCE downgrade  PkceDowngrade             localhost clients   LocalhostImpersonation
 *   4.11 open redirect   OpenRedirect              scope minimization  ScopeEscalation
 *   4.12 307             Redirect307               mix-up              MixUp
 *   4.14 refresh tokens  RefreshTokenReplay,       DNS rebinding       DnsRebinding
 *                        RefreshRace
 *   4.16 clickjacking    Clickjacking              and beyond both: HostHeader, HeaderInjection,
 *                                                  HtmlInjection, ParameterPollution, Oversize,
 *                                                  CredentialGuessing, SessionFixation,
 *                                                  AssertionReplay, UnsafeSettings,
 *                                                  DeceptiveNames
 * </pre>
 *
 * <p>Not here: §4.6 and §4.9 to §4.10 of RFC 9700 (other resource servers, sender-constrained
 * tokens), §4.13 (TLS ends at a proxy), and what only clients can prevent.
 */
package gatehouse.attack;
