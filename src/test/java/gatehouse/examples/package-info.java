/**
 * Ten recipes for tests with Gatehouse, to be copied. Each class is one, short enough to be read at
 * a glance, and runs with every build.
 *
 * <pre>
 *    1  FirstTest                an MCP client with a token, three lines of it Gatehouse
 *    2  ApproveARequestTest      the whole authorization code flow, without a browser
 *    3  LetTimePassTest          tokens end, refresh, and end for good
 *    4  WrongTokensTest          a protected service refuses every kind of wrong token
 *    5  BadDayTest               answers late, broken, lost; keys rotated
 *    6  ReadTheRecordTest        what the client really sent, and why it was refused
 *    7  OwnToolsTest             other scopes, tools and users; more of them while it runs
 *    8  ResourceServerTest       the issuer for somebody else's service, by its URL alone
 *    9  ClientDocumentTest       a client that is known by the address of its document
 *   10  PlainCodeTest            without Jupiter: JUnit 4, TestNG, main
 * </pre>
 *
 * <p>They use the JDK's HTTP client where the client under test would stand.
 */
package gatehouse.examples;
