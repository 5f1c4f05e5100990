// A Node client that knows nothing of the server but its address and, by NODE_EXTRA_CA_CERTS, its certificate.
import { connect } from 'node:tls';

const [url] = process.argv.slice(2);
const found = (step, facts) => console.log(JSON.stringify({ step, ...facts }));
const answer = await fetch(url);
found('metadata', { status: answer.status, issuer: (await answer.json()).issuer });
const socket = connect({ host: new URL(url).hostname, port: new URL(url).port, servername: 'localhost' }, () => {
  found('handshake', { authorized: socket.authorized, protocol: socket.getProtocol(), fingerprint: socket.getPeerCertificate().fingerprint256 });
  socket.end();
});
