// A proxy that adds the header Authorization and passes everything else on as it came, Host and
// Origin included: the suite has no way to send a token.

import { createServer, request } from 'node:http';

/** Listens on a free port of loopback; url is what to give to the suite. */
export async function tokenProxy(target, token) {
  const { hostname, port, pathname } = new URL(target);
  const proxy = createServer((incoming, answer) => {
    const headers = incoming.rawHeaders.flatMap((name, i, all) => (
      i % 2 || name.toLowerCase() === 'authorization' ? [] : [name, all[i + 1]]));
    headers.push('Authorization', `Bearer ${token}`);
    const { method, url: path } = incoming;
    const onward = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      answer.writeHead(response.statusCode, response.rawHeaders);
      // A stream that has nothing to say yet has begun all the same.
      answer.flushHeaders();
      response.pipe(answer);
      response.on('error', () => answer.destroy());
    });
    onward.on('error', () => answer.destroy());
    // Who hangs up on us hangs up on the server.
    answer.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise((listening) => proxy.listen(0, 'localhost', listening));
  return {
    url: `http://localhost:${proxy.address().port}${pathname}`,
    close() {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}
