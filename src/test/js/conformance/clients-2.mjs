// @modelcontextprotocol/client 2.x on the fixtures: 2026-07-28, without a session.
// usage: node clients-2.mjs MCP_URL USER PASSWORD

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { SkillsClient } from '@modelcontextprotocol/client/ext/skills';
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from './servers.mjs';
import { ANSWERS, CAPABILITIES, eventually, textOf, walk } from './walk.mjs';

const REVISION = '2026-07-28';
const [url, user, password] = process.argv.slice(2);
const client = new Client({ name: 'fixtures', version: '1' },
  { capabilities: CAPABILITIES, versionNegotiation: { mode: { pin: REVISION } } });
client.setRequestHandler('elicitation/create', ANSWERS.elicit);
client.setRequestHandler('sampling/createMessage', ANSWERS.sample);
client.setRequestHandler('roots/list', ANSWERS.roots);
const told = [];
for (const method of ['notifications/message', 'notifications/resources/updated',
  'notifications/tools/list_changed', 'notifications/prompts/list_changed']) {
  client.setNotificationHandler(method, (notification) => { told.push(notification); });
}
const heard = (method) => told.filter((notification) => notification.method === method);

await client.connect(new StreamableHTTPClientTransport(new URL(url),
  { authProvider: await signedIn(url, user, password) }));
after(() => client.close());

test('speaks 2026-07-28', () => {
  assert.equal(client.getNegotiatedProtocolVersion(), REVISION);
  assert.ok(client.getServerCapabilities().extensions['io.modelcontextprotocol/tasks']);
});

walk(client, REVISION);

test('hears the log of a call for which it has asked', async () => {
  await textOf(client, 'test_tool_with_logging', {});
  assert.equal(heard('notifications/message').length, 0);
  await client.callTool({ name: 'test_tool_with_logging',
    _meta: { 'io.modelcontextprotocol/logLevel': 'info' } });
  await eventually(() => heard('notifications/message').length === 3);
});

test('hears of those changes to which it listens', async () => {
  const subscription = await client.listen(
    { toolsListChanged: true, resourceSubscriptions: ['test://watched-resource'] });
  await textOf(client, 'test_trigger_prompt_change', {});
  await textOf(client, 'test_trigger_resource_update', {});
  await textOf(client, 'test_trigger_tool_change', {});
  await eventually(() => heard('notifications/tools/list_changed').length === 1);
  assert.equal(heard('notifications/resources/updated').length, 1);
  assert.equal(heard('notifications/prompts/list_changed').length, 0);
  await subscription.close();
});

test('lists, reads and verifies the skill', async () => {
  const skills = new SkillsClient(client);
  assert.ok(skills.supported && skills.directoryRead);
  const [skill] = (await skills.list()).skills;
  assert.equal(skill.uri, 'skill://conformance-demo/SKILL.md');
  assert.deepEqual((await skills.get(skill.uri)).skill, skill);
  const file = await skills.read(skill);
  assert.equal(file.frontmatter.name, 'conformance-demo');
  assert.match(file.body, /^\n# Conformance demo/);
  assert.ok(file.verified && (await skills.read(skill, 'references/guide.md')).verified);
  const { resources } = await skills.readDirectory('skill://conformance-demo/');
  assert.deepEqual(resources.map(({ uri }) => uri.replace(/\/$/, '')).sort(),
    ['skill://conformance-demo/SKILL.md', 'skill://conformance-demo/references']);
});
