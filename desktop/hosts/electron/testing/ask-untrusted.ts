// Asks a server of its own, whose certificate only this computer's own authorities could vouch for, and prints what came of it.
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createNodeHttp } from '../node-http.ts';
import { untrustedCertificate } from './untrusted-certificate.ts';

const server = createServer(untrustedCertificate, (_, response) => response.end('{}'));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
const asked = createNodeHttp(() => undefined).send({ address, method: 'GET', path: '/', timeoutMs: 5_000 });
const outcome = await asked.then(
  ({ status }) => String(status),
  (error: { reason?: string }) => String(error.reason),
);
console.log(outcome);
server.closeAllConnections();
server.close();
