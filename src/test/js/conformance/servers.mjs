// The servers under test: the fixtures in a JVM of their own, and the way to a token for them.

import { auth } from '@modelcontextprotocol/client';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Person } from '../person.mjs';
import { Provider } from '../provider.mjs';
import { tokenProxy } from './token-proxy.mjs';

/** Starts the fixtures' main method; it ends with its input, so at the latest with this process. */
export async function startServer(classPath, ...options) {
  const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : 'java';
  const server = spawn(java,
    ['-cp', classPath, 'gatehouse.conformance.ConformanceServer', ...options],
    { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: server.stdout })) {
    return { url: line, close: () => server.stdin.end() };
  }
  throw new Error('the fixture server does not start');
}

/** What OAuth code of a client works with, after the user has signed in and agreed. */
export async function signedIn(url, user, password) {
  const provider = new Provider(new Person(user, password));
  await auth(provider, { serverUrl: url });
  await auth(provider, { serverUrl: url, authorizationCode: provider.callback.get('code'),
    iss: provider.callback.get('iss') });
  return provider;
}

/** A proxy in front of a guarded server, with the token of a user who has agreed. */
export async function withToken(url, user, password) {
  const provider = await signedIn(url, user, password);
  return tokenProxy(url, provider.tokens().access_token);
}
