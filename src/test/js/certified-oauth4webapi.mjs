// oauth4webapi, everything it can check: OpenID Connect by a pushed request, signed ID tokens and
// introspection, userinfo, revocation, logout; and a machine with a key of its own.
// usage: node certified-oauth4webapi.mjs MCP_URL USER PASSWORD MACHINE_JWK

import { deepStrictEqual } from 'node:assert';
import * as oauth from 'oauth4webapi';
import { Person } from './person.mjs';
import { say } from './provider.mjs';

const [url, user, password, machineJwk] = process.argv.slice(2);
const loopback = { [oauth.allowInsecureRequests]: true };
const redirectUri = 'http://127.0.0.1:33418/callback';
const bye = 'http://127.0.0.1:33418/bye';
const issuer = new URL(new URL(url).origin);

const [as, other] = await Promise.all(['oidc', 'oauth2'].map(async (algorithm) =>
  oauth.processDiscoveryResponse(issuer,
    await oauth.discoveryRequest(issuer, { algorithm, ...loopback }))));
deepStrictEqual(as, other);
say('discovered', { issuer: as.issuer });

const { privateKey, publicKey } = await oauth.generateKeyPair('ES256', { extractable: true });
const jwk = { ...await crypto.subtle.exportKey('jwk', publicKey), kid: 'app' };
const client = await oauth.processDynamicClientRegistrationResponse(
  await oauth.dynamicClientRegistrationRequest(as, {
    client_name: 'certified',
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: [bye],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [jwk] },
  }, loopback));
const proof = () => oauth.PrivateKeyJwt({ key: privateKey, kid: 'app' });
say('registered', { method: client.token_endpoint_auth_method, secret: client.client_secret });

const verifier = oauth.generateRandomCodeVerifier();
const state = oauth.generateRandomState();
const nonce = oauth.generateRandomNonce();
const pushed = await oauth.processPushedAuthorizationResponse(as, client,
  await oauth.pushedAuthorizationRequest(as, client, proof(), {
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile account:read offline_access',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    resource: url,
    max_age: '600',
    nonce,
    state,
  }, loopback));
say('pushed', { seconds: pushed.expires_in });

const person = new Person(user, password);
const authorization = new URL(as.authorization_endpoint);
authorization.search = new URLSearchParams({
  client_id: client.client_id, request_uri: pushed.request_uri,
}).toString();
const callback = await person.authorize(authorization);
const parameters = oauth.validateAuthResponse(as, client, callback, state);

const response = await oauth.authorizationCodeGrantRequest(as, client, proof(), parameters,
  redirectUri, verifier, { additionalParameters: { resource: url }, ...loopback });
const signed = response.clone();
const tokens = await oauth.processAuthorizationCodeResponse(as, client, response,
  { expectedNonce: nonce, maxAge: 600, requireIdToken: true });
await oauth.validateApplicationLevelSignature(as, response, loopback);
const identity = oauth.getValidatedIdTokenClaims(tokens);
say('identity', { sub: identity.sub, nonce: identity.nonce === nonce, status: signed.status,
  mine: identity.aud === client.client_id });

const person1 = await oauth.processUserInfoResponse(as, client, identity.sub,
  await oauth.userInfoRequest(as, client, tokens.access_token, loopback));
say('userinfo', person1);

const claims = await oauth.validateJwtAccessToken(as,
  new Request(url, { headers: { authorization: `Bearer ${tokens.access_token}` } }), url, loopback);
say('verified', { sub: claims.sub, scope: claims.scope, aud: claims.aud });

const refreshed = await oauth.processRefreshTokenResponse(as, client,
  await oauth.refreshTokenGrantRequest(as, client, proof(), tokens.refresh_token, loopback));
say('refreshed', { rotated: refreshed.refresh_token !== tokens.refresh_token,
  sub: oauth.getValidatedIdTokenClaims(refreshed).sub });

const introspect = async (token) => oauth.processIntrospectionResponse(as, client,
  await oauth.introspectionRequest(as, client, proof(), token, loopback));
const facts = await introspect(refreshed.access_token);
say('introspected', { active: facts.active, sub: facts.sub, scope: facts.scope });

const jwtAnswer = await oauth.introspectionRequest(as, client, proof(), refreshed.access_token,
  { requestJwtResponse: true, ...loopback });
const signedFacts = await oauth.processIntrospectionResponse(as, client, jwtAnswer);
await oauth.validateApplicationLevelSignature(as, jwtAnswer, loopback);
say('introspected_signed', { active: signedFacts.active, jti: signedFacts.jti === facts.jti });

await oauth.processRevocationResponse(
  await oauth.revocationRequest(as, client, proof(), refreshed.refresh_token, loopback));
say('revoked', { access: await introspect(refreshed.access_token),
  refresh: await introspect(refreshed.refresh_token) });

const machine = { client_id: 'machine' };
const machineKey = JSON.parse(machineJwk);
const key = await crypto.subtle.importKey('jwk', machineKey,
  { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const own = await oauth.processClientCredentialsResponse(as, machine,
  await oauth.clientCredentialsGrantRequest(as, machine,
    oauth.PrivateKeyJwt({ key, kid: machineKey.kid }), { resource: url }, loopback));
const ownClaims = await oauth.validateJwtAccessToken(as,
  new Request(url, { headers: { authorization: `Bearer ${own.access_token}` } }), url, loopback);
say('machine', { sub: ownClaims.sub, client: ownClaims.client_id, scope: own.scope,
  refresh: own.refresh_token });

const logout = new URL(as.end_session_endpoint);
logout.search = new URLSearchParams({
  id_token_hint: tokens.id_token, post_logout_redirect_uri: bye, state: 'later',
}).toString();
say('logged_out', { to: (await person.authorize(logout)).href });
