// Runs the official MCP conformance suite against the fixtures, once open and once guarded, and
// compares what it finds with expectations.json.
//
// usage: node run.mjs [OPEN_MCP_URL GUARDED_MCP_URL]
// Without addresses it starts both servers itself, with the class path in FIXTURES_CLASSPATH.
// SCENARIO=name runs only that one and prints what its checks say.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { Person } from '../person.mjs';
import { compare } from './expectations.mjs';
import { startServer, withToken } from './servers.mjs';
import { allScenarios, missing, run, scenariosOf } from './suite.mjs';
import { print, printChecks } from './table.mjs';

const REVISIONS = ['2025-11-25', '2026-07-28'];
const EXTENSION = 'extension';
const [USER, PASSWORD, CLIENT] = ['alice', 'wonderland', 'conformance'];
const only = process.env.SCENARIO;

if (missing()) {
  console.error(`The conformance suite cannot run: what is missing is ${missing()}.`);
  process.exit(2);
}

const plan = scenarios();
const results = [];
const opened = [];
try {
  const [open, guarded] = await bothServers(...process.argv.slice(2));
  for (const [profile, url] of [['open', open], ['guarded', await proxyTo(guarded)]]) {
    for (const [set, scenariosOfSet] of plan) {
      await serverScenarios(profile, url, set, scenariosOfSet);
    }
  }
  if (!only || only.startsWith('authorization-')) {
    await authorizationScenarios(guarded);
  }
} finally {
  opened.reverse().forEach((closeable) => closeable.close());
}

const expected = JSON.parse(
  readFileSync(new URL('expectations.json', import.meta.url), 'utf8'));
const verdict = compare(results, expected.filter(({ scenario }) => !only || scenario === only));
if (only) {
  printChecks(results);
}
print(results, verdict);
process.exitCode = verdict.problems.length > 0 || results.length === 0 ? 1 : 0;

/** What to run: a map from a revision to its scenarios; those of none yet are extensions. */
function scenarios() {
  const sets = new Map(REVISIONS.map((revision) => [revision, scenariosOf(revision)]));
  const known = new Set([...sets.values()].flat().map(({ name }) => name));
  sets.set(EXTENSION, allScenarios().filter((name) => !known.has(name))
    .map((name) => ({ name, scored: false })));
  return [...sets].map(([set, all]) => (
    [set, all.filter(({ name }) => !only || name === only)]));
}

async function bothServers(openUrl, guardedUrl) {
  if (openUrl) {
    return [openUrl, guardedUrl];
  }
  if (!process.env.FIXTURES_CLASSPATH) {
    throw new Error('neither addresses nor FIXTURES_CLASSPATH; ./build.sh conformance sets it');
  }
  const urls = [];
  for (const options of [['--open'], []]) {
    const server = await startServer(process.env.FIXTURES_CLASSPATH, ...options);
    opened.push(server);
    urls.push(server.url);
  }
  return urls;
}

async function proxyTo(url) {
  const proxy = await withToken(url, USER, PASSWORD);
  opened.push(proxy);
  return proxy.url;
}

/** A revision is run as a whole, for that is what counts; everything else one by one. */
async function serverScenarios(profile, url, set, all) {
  const runs = only || set === EXTENSION
    ? all.map(({ name }) => ['--scenario', name,
      ...(set === EXTENSION ? [] : ['--spec-version', set, '--force'])])
    : [['--requirements', set]];
  const checks = new Map();
  for (const options of runs) {
    for (const [name, found] of await run('server', ['--url', url, ...options])) {
      checks.set(name, found);
    }
  }
  all.forEach(({ name, scored }) => record(set, name, scored, profile, checks));
}

/** The authorization server behind the guard. A script reads the address meant for a person. */
async function authorizationScenarios(mcpUrl) {
  const person = new Person(USER, PASSWORD);
  let asked = false;
  const checks = await run('authorization', ['--url', new URL(mcpUrl).origin,
    '--client-id', CLIENT, '--resource', mcpUrl, '--port', await freePort()], async (line) => {
    const address = /http:\S+\/authorize\?\S+/.exec(line);
    if (address && !asked) {
      asked = true;
      await fetch(await person.authorize(address[0]));
    }
  });
  for (const name of ['authorization-server-metadata-endpoint', 'authorization-code-grant']) {
    record('authorization', name, true, 'guarded', checks);
  }
}

/** A scenario without a trace is a failure: it has not shown anything. */
function record(set, scenario, scored, profile, all) {
  const checks = all.get(scenario)
    ?? [{ id: 'no-result', status: 'FAILURE', errorMessage: 'the suite left no checks.json' }];
  results.push({ set, scenario, scored, profile, checks });
}

/** The suite listens on a port that it has to be told. */
function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(String(port)));
    });
  });
}
