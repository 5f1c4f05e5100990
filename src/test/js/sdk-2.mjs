// @modelcontextprotocol/client 2.x from the bare MCP URL to a change that needs a step-up.
// usage: node sdk-2.mjs MCP_URL USER PASSWORD NEW_NAME MODE     MODE: legacy, auto or a revision

import {
  auth, Client, StreamableHTTPClientTransport, UnauthorizedError,
} from '@modelcontextprotocol/client';
import { Person } from './person.mjs';
import { Provider, say } from './provider.mjs';

const [url, user, password, newName, mode] = process.argv.slice(2);
const provider = new Provider(new Person(user, password));
const versionNegotiation = { mode: /^\d/.test(mode) ? { pin: mode } : mode };

/** Does the work; if the user has to be asked first, asks and does it again. */
async function authorized(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    say('unauthorized', { asked: provider.authorizations.at(-1).scope });
    await transport.finishAuth(provider.callback);
    return work();
  }
}

let transport;
let client;
await authorized(() => {
  transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: provider });
  client = new Client({ name: 'interop', version: '1' }, { versionNegotiation });
  return client.connect(transport);
});
say('connected', {
  revision: client.getNegotiatedProtocolVersion(),
  server: client.getServerVersion()?.name,
  scope: provider.tokens().scope,
});
say('tools', { names: (await client.listTools()).tools.map((tool) => tool.name) });
say('account', (await client.callTool({ name: 'get_account' })).structuredContent);

// The transport asks for the union of what it has and what the 403 names, though it could refresh.
const change = { name: 'update_account', arguments: { display_name: newName } };
const changed = await authorized(() => client.callTool(change));
say('changed', changed.structuredContent);
say('stepped_up', { scope: provider.tokens().scope });
say('tools', { names: (await client.listTools()).tools.map((tool) => tool.name) });

const before = provider.tokens().access_token;
say('refreshed', {
  result: await auth(provider, { serverUrl: url }),
  another: provider.tokens().access_token !== before,
  scope: provider.tokens().scope,
});
await client.close();
