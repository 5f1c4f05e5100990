// jose, which many resource servers on Node verify tokens with.
// usage: node jose.mjs JWKS_URI ISSUER AUDIENCE ACCESS_TOKEN

import { createRemoteJWKSet, jwtVerify } from 'jose';
import { say } from './provider.mjs';

const [keys, issuer, audience, token] = process.argv.slice(2);
const expected = { issuer, audience, typ: 'at+jwt', algorithms: ['RS256'] };
const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(keys)), expected);
say('verified', { sub: payload.sub, scope: payload.scope });
