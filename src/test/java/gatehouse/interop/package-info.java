/**
 * Clients and libraries that others wrote, with their own OAuth code: what they demand is the
 * specification in practice. {@code src/test/js} has the scripts that drive those in JavaScript,
 * {@code Script} runs them.
 *
 * <pre>
 *   TypeScriptSdkTest              @modelcontextprotocol/sdk 1.x and /client 2.x
 *   TypeScriptBadDayTest           the same two, when things go wrong
 *   JavaSdkTest                    io.modelcontextprotocol.sdk:mcp
 *   OAuthLibrariesTest             oauth4webapi, openid-client, jose
 *   NimbusTest                     oauth2-oidc-sdk
 *   ConformanceAuthorizationTest   @modelcontextprotocol/conformance authorization
 * </pre>
 */
package gatehouse.interop;
