/**
 * The revisions 2025-03-26, 2025-06-18 and 2025-11-25, which begin with a handshake and live in
 * sessions.
 *
 * <p>For readers who have to talk to a client of last year. The specifications are "Lifecycle" and
 * "Transports" of those three revisions. Methods that both eras have are answered by the parent
 * package; here is only what sessions add: state, streams that can be resumed, and requests from
 * the server to the client.
 *
 * <pre>
 *  POST initialize  --&gt; Initialize --&gt; LegacySessions: principal -&gt; id -&gt; LegacySession
 *  POST a request   --&gt; LegacyEndpoint -- session of this principal? -- no --&gt; 404
 *                           | yes
 *                       SessionMethods (ping, setLevel, subscribe), or Operations of the parent
 *                           |
 *                       JSON, or an EventStream  &lt;--- notifications, ServerRequests, the result
 *                           |                        kept in the EventLog of the session
 *  GET              --&gt; the stream of the session, or with Last-Event-ID the rest of another
 *  POST an answer   --&gt; ServerRequests: the handler that asked goes on
 *  POST [ ... ]     --&gt; Batch (2025-03-26 alone): check all, then run all
 *  DELETE           --&gt; the session ends, and everything in it
 * </pre>
 *
 * <p>In order of reading: {@code LegacyEndpoint}, {@code Initialize}, {@code LegacySessions},
 * {@code LegacySession}, {@code SessionMethods}, {@code EventStream}, {@code EventLog}, {@code
 * ServerRequests}, {@code Batch}.
 *
 * <p>Left out, as the revisions permit: the HTTP+SSE transport of 2024-11-05, and the experimental
 * tasks of 2025-11-25, of which no capability is declared.
 *
 * <p>To speak 2026-07-28 only, delete this folder and the argument {@code new LegacyEndpoint(…)}
 * where the {@code McpEndpoint} is built. Nothing in the parent package names a class of this one.
 */
package gatehouse.mcp.legacy;
