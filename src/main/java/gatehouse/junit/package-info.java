/**
 * The test double that is none: an embedded server for tests of MCP clients and of services that
 * MCP clients use, with everything about it in the hands of the test.
 *
 * <p>For readers who test. The protocol is the one of the other chapters, unabridged; what stands
 * here is what a test needs besides it: time that can be moved (RFC 7519 {@code exp}), a person who
 * approves (RFC 6749 §4.1.1), tokens that are wrong in one way each (RFC 8725, RFC 9068 §4), and
 * the accidents of networks.
 *
 * <pre>{@code
 *   GatehouseTest, GatehouseExtension      Jupiter; nothing else here knows of it. Explained
 *        |
 *   TestGatehouse ---- VirtualClock        one clock for everything
 *        |        ---- PendingApproval     HeadlessBrowser, HtmlForm, HeadlessSignIn
 *        |        ---- TokenOrder          Flaw, TokenDraft
 *        |        ---- Requests            RecordedRequest, Recorder, Decision, Blanked
 *        |        ---- Misfortune          Script, Altered
 *        |        ---- Likeness
 *        |        ---- ClientDocuments     SigningClient
 *        |
 *   Gatehouse with a Backstage around every handler, and its signing keys out of the KeyPool
 * }</pre>
 *
 * <p>In order of reading: {@code TestGatehouse}, {@code Backstage}, then whichever of the branches
 * one is curious about. Ten recipes stand in the tests, in {@code gatehouse.examples}.
 *
 * <p>What is public here is meant to stay. Names are not taken away or given another meaning within
 * a major version; new constants of {@link gatehouse.junit.Flaw} and {@link
 * gatehouse.junit.Likeness} and new components of {@link gatehouse.junit.RecordedRequest} may come
 * with any minor one, so do not construct the record and give a {@code switch} a default. The texts
 * of decisions and transcripts are for people and may change at any time: assert on status and
 * parameters. {@code junit-jupiter-api} is an optional dependency; 5.10 is enough.
 *
 * <p>A server that is not closed ends with the JVM, which does not wait for it: threads, memory and
 * port are taken until then.
 *
 * <p>The package stands above the root package and may import everything.
 */
package gatehouse.junit;
