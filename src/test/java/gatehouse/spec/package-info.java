/**
 * What the specifications say, asked of a running server over HTTP: one class per document, one
 * nested class per section, display names that begin with the section.
 *
 * <p>This is the page on which to look up who checks what, and what nobody checks.
 *
 * <pre>
 *   document                          class                     deliberately not covered
 *   ────────────────────────────────  ────────────────────────  ─────────────────────────────────
 *   RFC 6749 OAuth 2.0, 2.1 draft     Rfc6749Test               token types other than Bearer
 *                                     Rfc6749TokenTest          (§7.1)
 *                                     ScopesTest
 *                                     ClientCredentialsTest
 *   RFC 6750 Bearer tokens            Rfc6750Test               §2.2 as an offer: we refuse it
 *   RFC 7009 revocation               Rfc7009Test
 *   RFC 7517, 7518 keys               Rfc9068Test               symmetric and private keys
 *                                     KeyRotationTest
 *   RFC 7523 client assertions        Rfc7523Test
 *   RFC 7591 registration             Rfc7591Test               software statements (§2.3),
 *                                     RegistrationPolicyTest    human-readable names by language
 *   RFC 7592 its management           Rfc7592Test               rotation of the management token
 *   RFC 7636 PKCE                     Rfc7636Test               plain: refused
 *   RFC 7662 introspection            Rfc7662Test
 *   RFC 8252 native apps              Rfc8252Test               platform details (App. B)
 *   RFC 8414 server metadata          Rfc8414Test               signed metadata (§2.1)
 *   RFC 8707 resource indicators      Rfc8707Test               several at once: unit-tested
 *   RFC 9068 JWT access tokens        Rfc9068Test               roles and entitlements (§2.2.3.1)
 *   RFC 9126 pushed requests          Rfc9126Test
 *   RFC 9207 iss                      Rfc9207Test               JARM (§2)
 *   RFC 9700 best current practice    attack/, BrowserPagesTest §4.10 sender-constrained tokens
 *   RFC 9728 resource metadata        Rfc9728Test               signed metadata (§2.2)
 *   Client id metadata documents      ClientIdMetadataDocumentTest
 *                                     ClientDocumentCachingTest, attack/
 *   OpenID Connect Core               OidcCoreTest
 *                                     OidcUserInfoTest
 *   OpenID Connect Discovery          OidcDiscoveryTest         WebFinger (§2)
 *   RP-Initiated Logout               OidcLogoutTest
 *   Form Post Response Mode           FormPostTest
 *   WHATWG Fetch, CORS                FetchStandardTest         private network access
 *   MCP authorization, all revisions  McpAuthorizationTest      third-party flow of 2025-03-26
 *   MCP security best practices       attack/, BrowserPagesTest proxies of other MCP servers: this
 *                                     ConsentMemoryTest         is none
 *                                     ConsentTest
 *   RFC 7519, 7515, 8725 JWT and JWS  gatehouse.jose, attack/   encryption (JWE)
 *   RFC 5280, 9325 certificates, TLS  CertificateTest, crypto/  client certificates
 *                                     journey.HttpsTest
 *   RFC 7239 forwarded addresses      gatehouse.http            by=, host=, proto=: not looked at
 *   RFC 4647 choice of language       gatehouse.html
 *                                     PageLanguagesTest
 *   RFC 6238 one-time passwords       gatehouse.login           HOTP by counter
 *   Web Authentication                gatehouse.login.passkey   attestation by makers
 *   SP 800-63B passwords              AccountPageTest           lists of leaked passwords
 *                                     gatehouse.login
 *   no document, but ours             AccountPageTest
 *                                     HandRegistrationTest
 *                                     LandingPageTest
 *                                     ErrorPagesTest
 *                                     PageLanguagesTest
 *                                     ConfigurationTest
 * </pre>
 *
 * <p>Where the documents leave a choice, the choice is the design's: unknown scopes are dropped and
 * not refused, loopback hosts are one host class, a client that registers {@code refresh_token} or
 * asks for {@code offline_access} gets a refresh token. {@link gatehouse.spec.Refusals} says what a
 * refusal has to look like.
 */
package gatehouse.spec;
