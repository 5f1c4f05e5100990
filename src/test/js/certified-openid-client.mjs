// openid-client, what web applications on Node use, complete: a secret known beforehand, pushed
// requests, ID tokens whose signature is checked, userinfo, introspection, revocation, logout;
// and a machine with a key of its own.
// usage: node certified-openid-client.mjs MCP_URL USER PASSWORD SECRET MACHINE_JWK

import * as openid from 'openid-client';
import { Person } from './person.mjs';
import { say } from './provider.mjs';

const [url, user, password, secret, machineJwk] = process.argv.slice(2);
const issuer = new URL(new URL(url).origin);
const redirectUri = 'http://127.0.0.1:33418/callback';
const bye = 'http://127.0.0.1:33418/bye';

for (const algorithm of ['oidc', 'oauth2']) {
  const found = await openid.discovery(issuer, 'web', undefined, openid.ClientSecretBasic(secret),
    { algorithm, execute: [openid.allowInsecureRequests] });
  say('discovered', { algorithm, issuer: found.serverMetadata().issuer,
    pkce: found.serverMetadata().supportsPKCE() });
}
const config = await openid.discovery(issuer, 'web', { client_secret: secret },
  openid.ClientSecretPost(secret),
  { execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks] });

const person = new Person(user, password);
const verifier = openid.randomPKCECodeVerifier();
const state = openid.randomState();
const nonce = openid.randomNonce();
const authorization = await openid.buildAuthorizationUrlWithPAR(config, {
  redirect_uri: redirectUri,
  scope: 'openid profile account:read',
  code_challenge: await openid.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  resource: url,
  max_age: '600',
  state,
  nonce,
});
say('pushed', { parameters: [...authorization.searchParams.keys()].sort().join(' ') });
const callback = await person.authorize(authorization);
const tokens = await openid.authorizationCodeGrant(config, callback, {
  pkceCodeVerifier: verifier,
  expectedState: state,
  expectedNonce: nonce,
  maxAge: 600,
  idTokenExpected: true,
}, { resource: url });
say('identity', { sub: tokens.claims().sub, scope: tokens.scope });
say('userinfo', await openid.fetchUserInfo(config, tokens.access_token, tokens.claims().sub));

const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token);
say('refreshed', { rotated: refreshed.refresh_token !== tokens.refresh_token,
  sub: refreshed.claims().sub });

const facts = await openid.tokenIntrospection(config, refreshed.access_token);
say('introspected', { active: facts.active, username: facts.username });
await openid.tokenRevocation(config, refreshed.access_token);
say('revoked', { access: await openid.tokenIntrospection(config, refreshed.access_token) });
await openid.tokenRevocation(config, refreshed.refresh_token);
try {
  await openid.refreshTokenGrant(config, refreshed.refresh_token);
} catch (error) {
  say('ended', { status: error.status, error: error.error });
}

const silent = await person.authorize(openid.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri, scope: 'openid', prompt: 'none', state, id_token_hint: tokens.id_token,
  code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
}));
try {
  await openid.authorizationCodeGrant(config, silent, { pkceCodeVerifier: verifier,
    expectedState: state });
} catch (error) {
  say('silent', { error: error.error });
}

const machineKey = JSON.parse(machineJwk);
const key = await crypto.subtle.importKey('jwk', machineKey,
  { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const machine = await openid.discovery(issuer, 'machine', undefined,
  openid.PrivateKeyJwt({ key, kid: machineKey.kid }), { execute: [openid.allowInsecureRequests] });
const own = await openid.clientCredentialsGrant(machine,
  { scope: 'account:read', resource: url });
say('machine', { scope: own.scope, seconds: own.expiresIn(), refresh: own.refresh_token });

say('logged_out', { to: (await person.authorize(openid.buildEndSessionUrl(config, {
  id_token_hint: tokens.id_token, post_logout_redirect_uri: bye,
}))).href });
