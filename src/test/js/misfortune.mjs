// The official clients on a bad day: takes the steps it is told and says how each went.
// usage: node misfortune.mjs 1|2 MCP_URL [document=URL] STEP...     STEP: connect, list, glance or refresh

import { Person } from './person.mjs';
import { Provider, say } from './provider.mjs';

const [version, url, ...steps] = process.argv.slice(2);
const sdk = version === '1' ? {
  ...await import('@modelcontextprotocol/sdk/client/auth.js'),
  ...await import('@modelcontextprotocol/sdk/client/index.js'),
  ...await import('@modelcontextprotocol/sdk/client/streamableHttp.js'),
} : await import('@modelcontextprotocol/client');

const provider = new Provider(new Person('alice', 'wonderland'));
if (steps[0].startsWith('document=')) {
  provider.clientMetadataUrl = steps.shift().slice('document='.length);
}
const PATIENT = { timeout: 60_000 };
let client;
let transport;

const ways = {
  async connect() {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof sdk.UnauthorizedError)) throw error;
      // 1.x takes the code alone; 2.x takes all that came back, and looks at iss.
      const { callback } = provider;
      await transport.finishAuth(version === '1' ? callback.get('code') : callback);
      return open();
    }
  },

  async list(options = PATIENT) {
    return { tools: (await client.listTools(undefined, options)).tools.length };
  },

  /** Lists, and does not wait. */
  glance() {
    return ways.list({ timeout: 1_000 });
  },

  async refresh() {
    const before = provider.tokens().access_token;
    const result = await sdk.auth(provider, { serverUrl: url });
    return { result, another: provider.tokens().access_token !== before };
  },
};

async function open() {
  transport = new sdk.StreamableHTTPClientTransport(new URL(url), {
    authProvider: provider,
    // Whoever reconnects a lost stream would take the misfortune that is meant for a request.
    reconnectionOptions: { maxRetries: 0, initialReconnectionDelay: 1, maxReconnectionDelay: 1,
      reconnectionDelayGrowFactor: 1 },
  });
  client = new sdk.Client({ name: 'misfortune', version: '1' },
    version === '1' ? {} : { versionNegotiation: { mode: 'auto' } });
  await client.connect(transport, PATIENT);
  const { client_id: id } = await provider.clientInformation();
  return { client: id, revision: client.getNegotiatedProtocolVersion?.() ?? transport.protocolVersion };
}

for (const step of steps) {
  try {
    say(step, await ways[step]());
  } catch (error) {
    const causes = [];
    for (let at = error; at; at = at.cause) causes.push(`${at.constructor.name}: ${at.message}`);
    say(step, { failed: error.constructor.name, why: causes.join(' <- ') });
  }
}
await client?.close().catch(() => {});
process.exit(0);
