// @modelcontextprotocol/sdk 1.x on the fixtures: 2025-11-25, in a session.
// usage: node clients-1.mjs MCP_URL USER PASSWORD

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema, ElicitRequestSchema, ListRootsRequestSchema,
  LoggingMessageNotificationSchema, PromptListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema, ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from './servers.mjs';
import { ANSWERS, CAPABILITIES, eventually, textOf, walk } from './walk.mjs';

const [url, user, password] = process.argv.slice(2);
const client = new Client({ name: 'fixtures', version: '1' }, { capabilities: CAPABILITIES });
client.setRequestHandler(ElicitRequestSchema, ANSWERS.elicit);
client.setRequestHandler(CreateMessageRequestSchema, ANSWERS.sample);
client.setRequestHandler(ListRootsRequestSchema, ANSWERS.roots);
const told = [];
for (const schema of [LoggingMessageNotificationSchema, ResourceUpdatedNotificationSchema,
  ToolListChangedNotificationSchema, PromptListChangedNotificationSchema]) {
  client.setNotificationHandler(schema, (notification) => { told.push(notification); });
}
const heard = (method) => told.filter((notification) => notification.method === method);

const transport = new StreamableHTTPClientTransport(new URL(url),
  { authProvider: await signedIn(url, user, password) });
await client.connect(transport);
after(async () => {
  await transport.terminateSession();
  await client.close();
});

test('speaks 2025-11-25', () => {
  assert.equal(transport.protocolVersion, '2025-11-25');
  assert.ok(client.getServerCapabilities().resources.subscribe);
});

walk(client, '2025-11-25');

test('hears the log from the level that it has set', async () => {
  await client.setLoggingLevel('warning');
  await textOf(client, 'test_tool_with_logging', {});
  assert.equal(heard('notifications/message').length, 0);
  await client.setLoggingLevel('debug');
  await textOf(client, 'test_tool_with_logging', {});
  await eventually(() => heard('notifications/message').length === 3);
});

test('hears of changes, also of a resource while it is subscribed to it', async () => {
  await textOf(client, 'test_trigger_tool_change', {});
  await eventually(() => heard('notifications/tools/list_changed').length === 1);
  await textOf(client, 'test_trigger_prompt_change', {});
  await eventually(() => heard('notifications/prompts/list_changed').length === 1);
  const uri = 'test://watched-resource';
  await client.subscribeResource({ uri });
  await textOf(client, 'test_trigger_resource_update', {});
  await eventually(() => heard('notifications/resources/updated').length === 1);
  await client.unsubscribeResource({ uri });
  await textOf(client, 'test_trigger_resource_update', {});
  await textOf(client, 'test_trigger_tool_change', {});
  await eventually(() => heard('notifications/tools/list_changed').length === 2);
  assert.equal(heard('notifications/resources/updated').length, 1);
});

test('fetches the rest of an answer after the server has hung up', async () => {
  assert.match(await textOf(client, 'test_reconnection', {}), /completed successfully/);
});
