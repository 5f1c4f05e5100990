/**
 * The revisions 2025-03-26, 2025-06-18 and 2025-11-25, which begin with a handshake and live in
 * sessions.
 *
 * <p>For readers who have to talk to a client of last year. The specifications are "Lifecycle" and
 * "Transports" of those three revisions. Methods that both eras have are answered by the parent
 * package; here is only what sessions add.
 *
 * <pre>
 *  POST initialize  --&gt; Initialize --&gt; LegacySessions: principal -&gt; id -&gt; LegacySession
 *  POST anything    --&gt; LegacyEndpoint -- session of this principal? -- no --&gt; 404
 *                                              | yes
 *                           Exchange --&gt; Operations of the parent package
 *  POST [ ... ]     --&gt; Batch (2025-03-26 alone): check all, then run all
 *  DELETE           --&gt; the session ends
 * </pre>
 *
 * <p>In order of reading: {@code LegacyEndpoint}, {@code Initialize}, {@code LegacySessions},
 * {@code LegacySession}, {@code Batch}.
 *
 * <p>To speak 2026-07-28 only, delete this folder and the argument {@code new LegacyEndpoint(…)}
 * where the {@code McpEndpoint} is built. Nothing in the parent package names a class of this one.
 */
package gatehouse.mcp.legacy;
