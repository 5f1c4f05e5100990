/**
 * The MCP endpoint: one URL, four revisions of the protocol, and the tools behind it.
 *
 * <p>For readers who want to see what happens between an authenticated HTTP request and the Java
 * code of a tool; for authors of tools, who need {@link gatehouse.mcp.Tool}, {@link
 * gatehouse.mcp.Call} and {@link gatehouse.mcp.ToolResult} only. Everything here is written from
 * the revision 2026-07-28 of the Model Context Protocol: basic, versioning, Streamable HTTP,
 * discovery, tools, caching, pagination. Older revisions live in {@code legacy}.
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
 *  Operations ------ the method table;  prepare: 403, Mcp-Param-*;  run: the work
 *                              |
 *  Tools ----------- JsonSchema checks the arguments ---- the tool's handler
 *                              |
 *  ToolWire -------- what this revision may see ---- Response
 * </pre>
 *
 * <p>In order of reading: {@code McpEndpoint}, {@code Era}, {@code JsonRpc}, {@code JsonRpcError},
 * {@code Admission} with {@code RequestMeta} and {@code RequestHeaders}, {@code Operations} with
 * {@code Method} and {@code Exchange}, {@code Discover}, {@code Tools}, {@code ToolWire}; then what
 * they stand on: {@code Revision}, {@code McpServer}, {@code Tool}, {@code ToolResult}, {@code
 * Content}, {@code ParamHeaders}, {@code Caching}, {@code Pagination}, {@code JsonSchema}.
 *
 * <p>The package imports {@code json}, {@code crypto}, {@code http} and {@code guard}. It does not
 * know where tokens come from: an {@code Access} is all that it sees of that.
 */
package gatehouse.mcp;
