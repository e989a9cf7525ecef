import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerConfig } from '../config/server-config.ts';
import { createServer, type ParleyServer, type ServerOverrides } from '../create-server.ts';
import { createLogInto } from '../logging/create-log.ts';
import { callRest, type RestAnswer, type RestRequest } from './rest-client.ts';
import { testConfig } from './test-config.ts';
import { removeTestDatabase, testDatabase } from './test-store.ts';
import { newcomer, personFrom, type SignedInAnswer, type TestPerson } from './test-person.ts';
import { handshakeOf, openTestSocket, type TestSocket } from './test-socket.ts';

export interface TestServerOptions {
  config?: Partial<ServerConfig>;
  overrides?: ServerOverrides;
  /** By default a new one, removed when the server is closed. */
  dataDir?: string;
}

export interface TestServer {
  /** Changes when the server is started again, unless `config.port` is given. */
  readonly url: string;
  readonly dataDir: string;
  /** Lines of JSON. */
  readonly logLines: readonly string[];
  call(path: string, request?: RestRequest): Promise<RestAnswer>;
  /** Registers somebody new over REST. */
  register(name?: string): Promise<TestPerson>;
  /** Signs a further device in. */
  signIn(person: TestPerson, deviceId?: string): Promise<TestPerson>;
  connect(person: Pick<TestPerson, 'accessToken'>): Promise<TestSocket>;
  connectWith(auth: unknown, headers?: Record<string, string>): Promise<TestSocket>;
  /** Ends at once, as a crash does: what was acknowledged is kept, nothing else is promised. */
  crash(): Promise<void>;
  /** Starts again on the same data, after `crash` or `stop`, at the same port. */
  restart(): Promise<void>;
  /** Drains and stops, but keeps the data for `restart`. */
  stop(): Promise<void>;
  /** Stops, removes the data, and throws where something was sent that the contract does not allow. */
  close(): Promise<void>;
}

/** The real server in this process, on a port of its own and an encrypted database in a temporary folder (see test-store.ts for another). */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'parley-test-'));
  const logLines: string[] = [];
  const violations: string[] = [];
  const sockets = new Set<TestSocket>();
  let server: ParleyServer;
  let port = options.config?.port ?? 0;

  async function start(): Promise<void> {
    const config = testConfig(dataDir, { ...testDatabase(dataDir), ...options.config, port });
    server = await createServer(config, {
      passwordCost: 4,
      presenceGatherMs: 20,
      markersGatherMs: 20,
      validateOutputs: true,
      log: createLogInto((line) => void logLines.push(line)),
      ...options.overrides,
    });
    ({ port } = await server.listen());
  }
  const url = () => `http://localhost:${port}`;
  await start();

  async function connectWith(auth: unknown, headers?: Record<string, string>): Promise<TestSocket> {
    const socket = await openTestSocket(url(), auth, headers);
    sockets.add(socket);
    return socket;
  }
  async function end(isGraceful: boolean): Promise<void> {
    violations.push(...server.violations);
    await (isGraceful ? server.close() : server.abandon());
    for (const socket of sockets) socket.close();
    sockets.clear();
  }
  async function demandSignIn(path: string, body: unknown): Promise<SignedInAnswer> {
    const { reply, text } = await callRest(url(), path, { body });
    if (!reply.ok) throw new Error(`${path} was refused: ${text}`);
    return reply.data as unknown as SignedInAnswer;
  }

  return {
    get url() {
      return url();
    },
    dataDir,
    logLines,
    call: (path, request) => callRest(url(), path, request),
    async register(name) {
      const sent = newcomer(name);
      return personFrom(sent, await demandSignIn('/api/auth/register', sent));
    },
    async signIn(person, deviceId) {
      const { email, password, name } = person;
      const fresh = newcomer(name).device;
      const sent = { name, email, password, device: { ...fresh, deviceId: deviceId ?? fresh.deviceId } };
      const body = { email, password, device: sent.device };
      return personFrom(sent, await demandSignIn('/api/auth/login', body));
    },
    connect: (person) => connectWith(handshakeOf(person.accessToken)),
    connectWith,
    crash: () => end(false),
    restart: start,
    stop: () => end(true),
    async close() {
      await end(true);
      if (options.dataDir === undefined) {
        await removeTestDatabase(dataDir);
        rmSync(dataDir, { recursive: true, force: true });
      }
      if (violations.length > 0) throw new Error(`Sent against the contract:\n${violations.join('\n')}`);
    },
  };
}
