// What both official TypeScript clients do on the fixtures: list, call, read, get and complete
// everything, and answer what they are asked. How they are set up differs.

import assert from 'node:assert/strict';
import { test } from 'node:test';

/** What the clients can be asked for; both SDKs name it like this. */
export const CAPABILITIES = {
  elicitation: { form: { applyDefaults: true } }, sampling: {}, roots: {},
};

/** The answers of user and model: by the first property of a form, else the form's defaults. */
export const ANSWERS = {
  elicit({ params: { requestedSchema } }) {
    const values = { name: 'Alice', color: 'blue', ok: true, confirm: true, context: 'tea',
      username: 'alice', email: 'alice@example.com' };
    const asked = Object.keys(requestedSchema.properties);
    return { action: 'accept', content: requestedSchema.required?.length
      ? Object.fromEntries(asked.map((name) => [name, values[name]])) : {} };
  },
  sample: () => ({ role: 'assistant', model: 'test-model', stopReason: 'endTurn',
    content: { type: 'text', text: 'Paris' } }),
  roots: () => ({ roots: [{ uri: 'file:///test/root', name: 'Test Root' }] }),
};

/** Codes that differ: for a resource that is not there, and for a client that cannot do enough. */
const NOT_FOUND = { '2025-11-25': -32002, '2026-07-28': -32602 };
const CANNOT = { '2025-11-25': -32602, '2026-07-28': -32021 };

export async function textOf(client, name, args, ...options) {
  const result = await client.callTool({ name, arguments: args }, ...options);
  assert.ok(!result.isError, JSON.stringify(result));
  return result.content.map((block) => block.text).join('|');
}

/** Everything that is the same in both. */
export function walk(client, revision) {
  test('lists the tools', async () => {
    const { tools } = await client.listTools();
    assert.equal(tools[0].name, 'test_simple_text');
    assert.equal(new Set(tools.map(({ name }) => name)).size, tools.length);
    assert.ok(tools.every(({ description, inputSchema }) => description && inputSchema));
    const { inputSchema } = tools.find(({ name }) => name === 'json_schema_2020_12_tool');
    assert.equal(inputSchema.$defs.address.$anchor, 'addressDef');
    assert.equal(inputSchema.additionalProperties, false);
  });

  test('gets every kind of content', async () => {
    const kinds = async (name) => (await client.callTool({ name })).content
      .map(({ type, mimeType, resource }) => `${type} ${mimeType ?? resource?.mimeType ?? ''}`);
    assert.deepEqual(await kinds('test_simple_text'), ['text ']);
    assert.deepEqual(await kinds('test_image_content'), ['image image/png']);
    assert.deepEqual(await kinds('test_audio_content'), ['audio audio/wav']);
    assert.deepEqual(await kinds('test_embedded_resource'), ['resource text/plain']);
    assert.deepEqual(await kinds('test_multiple_content_types'),
      ['text ', 'image image/png', 'resource application/json']);
  });

  test('sees an error of a tool, and one of its own', async () => {
    const result = await client.callTool({ name: 'test_error_handling' });
    assert.equal(result.isError, true);
    assert.match(result.content[0].text, /intentionally/);
    await assert.rejects(client.callTool({ name: 'no_such_tool' }), { code: -32602 });
  });

  test('sees the progress before the result', async () => {
    const seen = [];
    await textOf(client, 'test_tool_with_progress', {}, ...onProgress(revision, seen));
    assert.deepEqual(seen.map(({ progress }) => progress), [0, 50, 100]);
    assert.deepEqual(seen.map(({ total }) => total), [100, 100, 100]);
  });

  test('passes an argument that belongs into a header', async () => {
    for (const region of ['eu', 'Zürich', ' padded ', '=?base64?eA==?=']) {
      assert.equal(await textOf(client, 'test_x_mcp_header', { region }), `Region: ${region}`);
    }
  });

  test('answers what it is asked', async () => {
    const asked = (what) => textOf(client, `test_input_required_result_${what}`, {});
    assert.equal(await asked('elicitation'), 'Hello, Alice!');
    assert.equal(await asked('sampling'), 'The model says: Paris');
    assert.equal(await asked('list_roots'), 'Found 1 root(s)');
    assert.equal(await asked('request_state'), 'state-ok: ok? yes');
    assert.equal(await asked('multiple_inputs'), 'Paris, 1 root(s)');
    assert.equal(await asked('multi_round'), 'Alice likes blue');
    assert.equal(await asked('capabilities'), 'Asked in 2 way(s)');
    assert.equal(await textOf(client, 'test_sampling', { prompt: 'Well?' }),
      'LLM response: Paris');
    assert.match(await textOf(client, 'test_elicitation', { message: 'Who?' }),
      /action=accept.*alice@example\.com/);
  });

  test('fills in the defaults of a form', async () => {
    const text = await textOf(client, 'test_elicitation_sep1034_defaults', {});
    assert.deepEqual(JSON.parse(text.slice(text.indexOf('{'))),
      { name: 'John Doe', age: 30, score: 95.5, status: 'active', verified: true });
    assert.match(await textOf(client, 'test_elicitation_sep1330_enums', {}), /action=accept/);
  });

  test('waits for work that could be a task', async () => {
    assert.equal(await textOf(client, 'greet', { name: 'Bob' }), 'Hello, Bob!');
    assert.equal(await textOf(client, 'slow_compute', { seconds: 1, label: 'pi' }), 'Computed pi');
    assert.equal(await textOf(client, 'confirm_delete', { filename: 'a.txt' }), 'Deleted a.txt');
    assert.equal(await textOf(client, 'multi_input', {}), 'Got 2 answers');
    assert.equal(await textOf(client, 'test_tool_with_task', {}), 'Hello, Alice!');
    await assert.rejects(client.callTool({ name: 'failing_job' }), { code: CANNOT[revision] });
    await assert.rejects(client.callTool({ name: 'protocol_error_job' }), { code: -32602 });
  });

  test('lists and reads the resources', async () => {
    const { resources } = await client.listResources();
    for (const uri of ['test://static-text', 'test://static-binary', 'test://watched-resource']) {
      assert.ok(resources.some((resource) => resource.uri === uri && resource.name), uri);
    }
    const read = async (uri) => (await client.readResource({ uri })).contents[0];
    assert.match((await read('test://static-text')).text, /static text resource/);
    assert.equal(atob((await read('test://static-binary')).blob).slice(1, 4), 'PNG');
    const { resourceTemplates } = await client.listResourceTemplates();
    assert.equal(resourceTemplates[0].uriTemplate, 'test://template/{id}/data');
    assert.equal(JSON.parse((await read('test://template/123/data')).text).id, '123');
    await assert.rejects(read('test://nothing'), { code: NOT_FOUND[revision] });
  });

  test('lists and gets the prompts', async () => {
    const { prompts } = await client.listPrompts();
    assert.equal(prompts.length, 5);
    const get = async (name, args) => (
      (await client.getPrompt({ name, arguments: args })).messages.map(({ content }) => content));
    assert.match((await get('test_simple_prompt'))[0].text, /simple prompt/);
    assert.match((await get('test_prompt_with_arguments', { arg1: 'a', arg2: 'b' }))[0].text,
      /arg1='a', arg2='b'/);
    assert.equal((await get('test_prompt_with_embedded_resource',
      { resourceUri: 'test://example-resource' }))[0].resource.uri, 'test://example-resource');
    assert.equal((await get('test_prompt_with_image'))[0].mimeType, 'image/png');
    assert.match((await get('test_input_required_result_prompt'))[0].text, /tea/);
    await assert.rejects(get('test_prompt_with_arguments', { arg1: 'a' }), { code: -32602 });
  });

  test('completes arguments', async () => {
    const complete = async (ref, name, value) => (
      (await client.complete({ ref, argument: { name, value } })).completion.values);
    const prompt = { type: 'ref/prompt', name: 'test_prompt_with_arguments' };
    assert.deepEqual(await complete(prompt, 'arg1', 'test'), ['test', 'testValue1', 'testimony']);
    assert.deepEqual(await complete(prompt, 'arg2', 'x'), []);
    assert.deepEqual(await complete(
      { type: 'ref/resource', uri: 'test://template/{id}/data' }, 'id', '4'), ['456']);
  });
}

/** 1.x takes a schema for the result between the call and its options. */
export function onProgress(revision, seen) {
  const options = { onprogress: (progress) => seen.push(progress) };
  return revision === '2025-11-25' ? [undefined, options] : [options];
}

/** Waits until something is as it should be, for at most five seconds. */
export async function eventually(condition) {
  for (const end = Date.now() + 5_000; !condition() && Date.now() < end;) {
    await new Promise((later) => { setTimeout(later, 20); });
  }
  assert.ok(condition());
}
