/**
 * The MCP endpoint: one URL, four revisions of the protocol, and what a server offers behind it.
 *
 * <p>For readers who want to see what happens between an authenticated HTTP request and the Java
 * code of a tool; for authors of tools, resources, prompts and skills, who need {@link
 * gatehouse.mcp.Tool}, {@link gatehouse.mcp.Resource}, {@link gatehouse.mcp.Prompt}, {@link
 * gatehouse.mcp.Skill} and {@link gatehouse.mcp.Call} only. Everything here is written from the
 * revision 2026-07-28 of the Model Context Protocol, with the extensions for tasks (SEP-2663) and
 * skills (SEP-2640). Older revisions live in {@code legacy}; the same handlers serve them.
 *
 * <pre>
 *  Request + Access (from the guard)
 *      |
 *  McpEndpoint ---- media types, JSON ---- Era: whose rules? ----> legacy (sessions)
 *      |                                                                |
 *  Admission ------ envelope, headers = body, version, method          |
 *      |                                                                |
 *      +------------------ Exchange: one admitted request &lt;------------+
 *                              |
 *  Operations ------ the method table;  prepare: 403, Mcp-Param-*, JSON or stream?
 *                              |
 *  Tools  Resources  Prompts  Completion  Skills  Tasks  Subscriptions
 *                              |
 *                             Call ------- in a Run: Channel, Questions, Cancellation
 *                              |
 *                          the handler --- its result, or a Detour:  ask first,  or a task
 * </pre>
 *
 * <p>How a handler talks back depends on the surroundings, and it does not notice:
 *
 * <pre>
 *                   progress, log          ask                        the end
 *  JSON, 2026       dropped                InputRequired: run again   time limit
 *  stream, 2026     Outbox                 InputRequired: run again   hang-up, time limit
 *  stream, session  EventStream            ServerRequests: wait       notifications/cancelled
 *  task             status message         tasks/update: wait         tasks/cancel
 * </pre>
 *
 * <p>In order of reading: {@code McpEndpoint}, {@code Era}, {@code JsonRpc}, {@code JsonRpcError},
 * {@code Admission} with {@code RequestMeta} and {@code RequestHeaders}, {@code Operations} with
 * {@code Method} and {@code Exchange}, {@code Discover}, {@code Tools}, {@code ToolWire}; then what
 * they stand on: {@code Revision}, {@code McpServer}, {@code Catalog}, {@code Offer}, {@code Tool},
 * {@code ToolResult}, {@code Content}, {@code ParamHeaders}, {@code Caching}, {@code Pagination},
 * {@code JsonSchema}. That is a call of a tool. Further: {@code Resources}, {@code Prompts}, {@code
 * Completion} and {@code Skills} with what they list; {@code Call}, {@code Run}, {@code Outbox},
 * {@code Cancellation} for streams; {@code Ask}, {@code Answer}, {@code InputRequired} for
 * questions; {@code Changes} and {@code Subscriptions}; {@code Task} and {@code Tasks}.
 *
 * <p>Every request gets a thread while its handler works, and every stream keeps one that waits;
 * handlers run at the same time and must expect so. What a server offers may change while it runs.
 *
 * <p>The package imports {@code json}, {@code crypto}, {@code http} and {@code guard}. It does not
 * know where tokens come from: an {@code Access} is all that it sees of that.
 */
package gatehouse.mcp;
