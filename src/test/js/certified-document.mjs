// A client known by its metadata document alone, which proves itself by its key: from the bare MCP
// URL to a tool, by oauth4webapi.
// usage: node certified-document.mjs MCP_URL USER PASSWORD CLIENT_ID PRIVATE_JWK

import * as oauth from 'oauth4webapi';
import { Person } from './person.mjs';
import { say } from './provider.mjs';

const [url, user, password, clientId, privateJwk] = process.argv.slice(2);
const loopback = { [oauth.allowInsecureRequests]: true };
const redirectUri = 'http://127.0.0.1:33418/callback';

const resource = await oauth.processResourceDiscoveryResponse(
  new URL(url), await oauth.resourceDiscoveryRequest(new URL(url), loopback));
const issuer = new URL(resource.authorization_servers[0]);
const as = await oauth.processDiscoveryResponse(
  issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...loopback }));
say('discovered', { documents: as.client_id_metadata_document_supported });

const client = { client_id: clientId };
const jwk = JSON.parse(privateJwk);
const key = await crypto.subtle.importKey('jwk', jwk,
  { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const proof = () => oauth.PrivateKeyJwt({ key, kid: jwk.kid });

const verifier = oauth.generateRandomCodeVerifier();
const state = oauth.generateRandomState();
const authorization = new URL(as.authorization_endpoint);
authorization.search = new URLSearchParams({
  client_id: clientId,
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

async function redeem(authentication) {
  return oauth.processAuthorizationCodeResponse(as, client,
    await oauth.authorizationCodeGrantRequest(as, client, authentication, parameters, redirectUri,
      verifier, { additionalParameters, ...loopback }));
}
try {
  await redeem(oauth.None());
} catch (error) {
  say('unproven', { status: error.status, error: error.error });
}
const tokens = await redeem(proof());
const claims = await oauth.validateJwtAccessToken(as,
  new Request(url, { headers: { authorization: `Bearer ${tokens.access_token}` } }),
  resource.resource, loopback);
say('token', { client: claims.client_id, sub: claims.sub, scope: tokens.scope });

const refreshed = await oauth.processRefreshTokenResponse(as, client,
  await oauth.refreshTokenGrantRequest(as, client, proof(), tokens.refresh_token,
    { additionalParameters, ...loopback }));
say('refreshed', { rotated: refreshed.refresh_token !== tokens.refresh_token });
