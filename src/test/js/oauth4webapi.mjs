// oauth4webapi, the strictest reader of OAuth answers: a confidential client with Basic, and a
// resource server of its own that verifies the access token.
// usage: node oauth4webapi.mjs MCP_URL USER PASSWORD

import * as oauth from 'oauth4webapi';
import { Person } from './person.mjs';
import { say } from './provider.mjs';

const [url, user, password] = process.argv.slice(2);
const loopback = { [oauth.allowInsecureRequests]: true };
const redirectUri = 'http://127.0.0.1:33418/callback';

const resource = await oauth.processResourceDiscoveryResponse(
  new URL(url), await oauth.resourceDiscoveryRequest(new URL(url), loopback));
const issuer = new URL(resource.authorization_servers[0]);
for (const algorithm of ['oidc', 'oauth2']) {
  await oauth.processDiscoveryResponse(
    issuer, await oauth.discoveryRequest(issuer, { algorithm, ...loopback }));
}
const as = await oauth.processDiscoveryResponse(
  issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...loopback }));
say('discovered', { resource: resource.resource, issuer: as.issuer });

const client = await oauth.processDynamicClientRegistrationResponse(
  await oauth.dynamicClientRegistrationRequest(as, {
    client_name: 'oauth4webapi',
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_basic',
  }, loopback));
const authentication = oauth.ClientSecretBasic(client.client_secret);
say('registered', { method: client.token_endpoint_auth_method });

const verifier = oauth.generateRandomCodeVerifier();
const state = oauth.generateRandomState();
const authorization = new URL(as.authorization_endpoint);
authorization.search = new URLSearchParams({
  client_id: client.client_id,
  redirect_uri: redirectUri,
  response_type: 'code',
  scope: resource.scopes_supported.join(' '),
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  resource: resource.resource,
  state,
}).toString();
const callback = await new Person(user, password).authorize(authorization);
const parameters = oauth.validateAuthResponse(as, client, callback, state);

const additionalParameters = { resource: resource.resource };
const tokens = await oauth.processAuthorizationCodeResponse(as, client,
  await oauth.authorizationCodeGrantRequest(as, client, authentication, parameters, redirectUri,
    verifier, { additionalParameters, ...loopback }));
say('token', { type: tokens.token_type, scope: tokens.scope, seconds: tokens.expires_in });

const request = new Request(url, { headers: { authorization: `Bearer ${tokens.access_token}` } });
const claims = await oauth.validateJwtAccessToken(as, request, resource.resource, loopback);
say('verified', { iss: claims.iss, aud: claims.aud, sub: claims.sub,
  mine: claims.client_id === client.client_id, scope: claims.scope });

const refreshed = await oauth.processRefreshTokenResponse(as, client,
  await oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token, {
    additionalParameters, ...loopback }));
await oauth.validateJwtAccessToken(as, new Request(url, {
  headers: { authorization: `Bearer ${refreshed.access_token}` },
}), resource.resource, loopback);
say('refreshed', { rotated: refreshed.refresh_token !== tokens.refresh_token });

const call = await oauth.protectedResourceRequest(refreshed.access_token, 'POST', new URL(url),
  new Headers({
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/call',
    'mcp-name': 'get_account',
  }), JSON.stringify({
    jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'get_account', _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
    } },
  }), loopback);
say('called', (await call.json()).result.structuredContent);

try {
  await oauth.protectedResourceRequest('invented', 'POST', new URL(url), new Headers(), '{}',
    loopback);
} catch (error) {
  const [{ scheme, parameters: challenge }] = error.cause;
  say('challenged', { status: error.status, scheme, error: challenge.error,
    resource_metadata: challenge.resource_metadata, scope: challenge.scope });
}
