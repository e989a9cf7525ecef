import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { join } from 'node:path';
import { isLoopback } from '@parley/shared/model/loopback.ts';
import { connectProcesses } from './connect-processes.ts';
import { composeDomain } from './compose-domain.ts';
import type { ServerConfig } from './config/server-config.ts';
import type { AccountLimits } from './domain/accounts/account-limits.ts';
import type { Clock } from './domain/clock.ts';
import { defaultLeapAboveRevs } from './domain/sync/conversation-answers.ts';
import { createLog, type ServerLog } from './logging/create-log.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import { createMetricsPage } from './metrics/metrics-page.ts';
import { nodeClock } from './node-clock.ts';
import { openStorage } from './open-storage.ts';
import { stopServing } from './stop-serving.ts';
import type { Storage } from './storage/port/storage.ts';
import { createDrain } from './transport/drain.ts';
import { createHttpApp } from './transport/http/http-app.ts';
import { createOrigins } from './transport/origins.ts';
import { createOutputCheck } from './transport/output-check.ts';
import { createRateGate } from './transport/rate-gate.ts';
import { createServe } from './transport/serve.ts';
import { createSocketServer } from './transport/socket/socket-server.ts';
import packageFile from './package.json' with { type: 'json' };

/** What tests give in place of the real thing; a server for people gives nothing. */
export interface ServerOverrides {
  clock?: Clock;
  /** Closed with the server. */
  storage?: Storage;
  /** Opened anew with every start; closed with the server. */
  openStorage?: typeof openStorage;
  log?: ServerLog;
  /** bcrypt's cost; below 12 only in tests. */
  passwordCost?: number;
  passwordQueue?: number;
  accountLimits?: Partial<AccountLimits>;
  presenceGatherMs?: number;
  markersGatherMs?: number;
  /** How far behind a device gets a page and a hole instead of every change. */
  leapAboveRevs?: number;
  /** Checks all that is sent against the contract. */
  validateOutputs?: boolean;
  browserBuildDir?: string;
  /** Nothing can be kept any more: end the process, so that whoever watches it starts it again. */
  onFatal?(): void;
}

export interface ParleyServer {
  /** Resolves with the address a browser on this machine opens. */
  listen(): Promise<{ url: string; port: number }>;
  /** Drains: finishes what is being served, tells sockets to come back later, closes everything. Twice is once. */
  close(): Promise<void>;
  /** Ends at once: nothing is finished, nobody is told. What was acknowledged is kept. For tests. */
  abandon(): Promise<void>;
  /** Brings the data under this key, serving on. */
  changeKey(key: Uint8Array): Promise<void>;
  /** What was sent and should not have been; filled where outputs are validated. */
  readonly violations: readonly string[];
}

function portOf(http: HttpServer): number {
  const address = http.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Where a browser on this machine reaches the server. */
function localUrl(host: string, port: number): string {
  const isEverywhere = host === '0.0.0.0' || host === '::' || isLoopback(host);
  return `http://${isEverywhere ? 'localhost' : host}:${port}`;
}

function listenOn(http: HttpServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
}

/** The composition root: the only place that knows every part. */
export async function createServer(config: ServerConfig, overrides: ServerOverrides = {}): Promise<ParleyServer> {
  const clock = overrides.clock ?? nodeClock;
  const log = overrides.log ?? createLog(config);
  const drain = createDrain();
  const isDraining = () => drain.isDraining;
  const { metricsToken, drainMs } = config;
  const metrics = metricsToken === undefined ? null : createMetrics({ version: packageFile.version, isDraining });
  const onFatal = (error: Error) => {
    log.error('storage lost', error);
    overrides.onFatal?.();
  };
  const onTrouble = (error: Error) => {
    metrics?.storageTroubled();
    log.error('storage in trouble', error);
  };
  const storage = overrides.storage ?? (await (overrides.openStorage ?? openStorage)(config, onFatal, onTrouble));
  const processes = await connectProcesses({ config, storage, clock, log, onFatal }).catch(async (error: unknown) => {
    await storage.close();
    throw error;
  });
  const outputCheck = createOutputCheck(overrides.validateOutputs ?? false);
  // Time for a whole request, so that nobody holds a connection by sending it a byte at a time.
  const http = createHttpServer({ requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 10_000 });
  const port = () => portOf(http);
  const origins = createOrigins({ ...config, port });

  const sockets = createSocketServer({
    http,
    origins,
    outputCheck,
    trustedProxies: config.trustedProxies,
    maxPerAddress: config.socketsPerAddress,
    maxPerUser: config.socketsPerUser,
    isDraining,
  });
  const domain = composeDomain({
    config,
    storage,
    clock,
    channel: sockets.channel,
    connection: processes?.connection,
    log,
    isDraining,
    passwordCost: overrides.passwordCost ?? 12,
    passwordQueue: overrides.passwordQueue ?? 200,
    accountLimits: overrides.accountLimits ?? {},
    presenceGatherMs: overrides.presenceGatherMs ?? 5_000,
    markersGatherMs: overrides.markersGatherMs ?? 1_000,
    leapAboveRevs: overrides.leapAboveRevs ?? defaultLeapAboveRevs,
  });
  const rateGate = createRateGate(config.rates, processes?.makeLimiter);
  const answer = createServe({ handlers: domain.handlers, rateGate, outputCheck, drain, log });
  const serve = metrics?.watchRequests(answer) ?? answer;
  metrics?.watchSockets(http);
  const { authenticate, sessionSeen } = domain.accounts;
  const app = createHttpApp({
    serve,
    authenticate,
    origins,
    isHttps: config.publicUrl?.startsWith('https:') ?? false,
    trustedProxies: config.trustedProxies,
    publicUrl: config.publicUrl,
    browserBuildDir: overrides.browserBuildDir ?? join(import.meta.dirname, '..', 'dist', 'browser'),
    version: packageFile.version,
    metricsPage: metrics && metricsToken ? createMetricsPage(metrics.registry, metricsToken) : undefined,
    log,
    now: () => clock.now(),
  });
  http.on('request', (request, response) => {
    // Socket.IO answers for its own path.
    if (!request.url?.startsWith('/socket.io/')) app(request, response);
  });
  await processes?.start();
  sockets.start({ serve, rateGate, log, authenticate, sessionSeen, live: domain.live });

  let stopped: Promise<void> | null = null;
  const stop = (isGraceful: boolean) =>
    (stopped ??= stopServing({ http, sockets, domain, processes, storage, drain, drainMs, log, isGraceful }));
  return {
    violations: outputCheck.violations,
    async listen() {
      await listenOn(http, config.host, config.port);
      log.info('listening', { port: port(), version: packageFile.version });
      return { url: config.publicUrl ?? localUrl(config.host, port()), port: port() };
    },
    changeKey: (key) => storage.changeKey(key),
    close: () => stop(true),
    abandon: () => stop(false),
  };
}
