// @modelcontextprotocol/sdk 1.x from the bare MCP URL to a change that needs a step-up.
// usage: node sdk-1.mjs MCP_URL USER PASSWORD NEW_NAME with-refresh|without-refresh

import { auth, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Person } from './person.mjs';
import { Provider, say } from './provider.mjs';

const [url, user, password, newName, refresh] = process.argv.slice(2);
const provider = new Provider(new Person(user, password));
if (refresh === 'without-refresh') {
  // An application that keeps access tokens only: then the SDK steps up by itself.
  provider.keepsRefreshTokens = false;
}

function newTransport() {
  return new StreamableHTTPClientTransport(new URL(url), { authProvider: provider });
}

async function connect() {
  const client = new Client({ name: 'interop', version: '1' });
  let transport = newTransport();
  try {
    await client.connect(transport);
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    say('unauthorized', { asked: provider.authorizations.at(-1).scope });
    await transport.finishAuth(provider.callback.get('code'));
    transport = newTransport();
    await client.connect(transport);
  }
  return { client, transport };
}

const { client, transport } = await connect();
say('connected', {
  revision: transport.protocolVersion,
  server: client.getServerVersion().name,
  scope: provider.tokens().scope,
});
say('tools', { names: (await client.listTools()).tools.map((tool) => tool.name) });
say('account', (await client.callTool({ name: 'get_account' })).structuredContent);

const change = { name: 'update_account', arguments: { display_name: newName } };
try {
  await client.callTool(change);
  throw new Error('changed without the scope for it');
} catch (error) {
  say('refused', { error: error.constructor.name, message: error.message });
  say('unchanged', (await client.callTool({ name: 'get_account' })).structuredContent);
  if (refresh === 'with-refresh') {
    // The SDK has tried its refresh token first, got the same scopes again, and given up. What is
    // left is what a user does: connect anew, now with the scope that the refusal was about.
    provider.forgetTokens();
    await auth(provider, { serverUrl: url, scope: 'account:read account:write' });
  }
  say('asked_again', { asked: provider.authorizations.at(-1).scope });
}
await transport.finishAuth(provider.callback.get('code'));
say('stepped_up', { scope: provider.tokens().scope });
say('changed', (await client.callTool(change)).structuredContent);
say('tools', { names: (await client.listTools()).tools.map((tool) => tool.name) });

if (refresh === 'with-refresh') {
  const before = provider.tokens().access_token;
  say('refreshed', {
    result: await auth(provider, { serverUrl: url }),
    another: provider.tokens().access_token !== before,
    scope: provider.tokens().scope,
  });
}
await transport.terminateSession();
await client.close();
