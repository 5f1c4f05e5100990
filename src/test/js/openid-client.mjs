// openid-client, what web applications on Node use: registers, signs a user in, refreshes.
// usage: node openid-client.mjs MCP_URL USER PASSWORD none|client_secret_post|client_secret_basic

import * as openid from 'openid-client';
import { Person } from './person.mjs';
import { say } from './provider.mjs';

const [url, user, password, method] = process.argv.slice(2);
const issuer = new URL(new URL(url).origin);
const redirectUri = 'http://127.0.0.1:33418/callback';
const authentication = {
  none: openid.None,
  client_secret_post: openid.ClientSecretPost,
  client_secret_basic: openid.ClientSecretBasic,
}[method]();

const config = await openid.dynamicClientRegistration(issuer, {
  client_name: 'openid-client',
  redirect_uris: [redirectUri],
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: method,
}, authentication, { execute: [openid.allowInsecureRequests] });
say('registered', { method: config.clientMetadata().token_endpoint_auth_method });

const verifier = openid.randomPKCECodeVerifier();
const state = openid.randomState();
const nonce = openid.randomNonce();
const authorization = openid.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope: 'openid account:read account:write',
  code_challenge: await openid.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  resource: url,
  state,
  nonce,
});
const callback = await new Person(user, password).authorize(authorization);
const tokens = await openid.authorizationCodeGrant(config, callback, {
  pkceCodeVerifier: verifier,
  expectedState: state,
  expectedNonce: nonce,
  idTokenExpected: true,
}, { resource: url });
say('identity', { sub: tokens.claims().sub });
say('token', { scope: tokens.scope, seconds: tokens.expiresIn() });

const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token, {
  scope: 'account:read', resource: url,
});
say('refreshed', { rotated: refreshed.refresh_token !== tokens.refresh_token,
  scope: refreshed.scope });

try {
  await openid.authorizationCodeGrant(config, callback, {
    pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce,
  }, { resource: url });
} catch (error) {
  say('replayed', { status: error.status, error: error.error });
}
try {
  await openid.refreshTokenGrant(config, refreshed.refresh_token, { resource: url });
} catch (error) {
  say('revoked', { status: error.status, error: error.error });
}
