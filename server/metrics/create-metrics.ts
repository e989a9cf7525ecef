import type { Server as HttpServer } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { OperationKey } from '@parley/shared/contract/registry.ts';
import { operations } from '@parley/shared/contract/registry.ts';
import type { Reply } from '@parley/shared/contract/reply.ts';

/** What is counted while a server runs. A server that shows nobody counts nothing. */
export interface Metrics {
  registry: Registry;
  /** Counts what `serve` answers, and how long it took. */
  watchRequests<I extends { key: OperationKey }>(
    serve: (incoming: I) => Promise<Reply<unknown>>,
  ): (incoming: I) => Promise<Reply<unknown>>;
  /** Counts WebSockets by the connections that are upgraded. */
  watchSockets(http: HttpServer): void;
  storageTroubled(): void;
}

export interface MetricsOptions {
  version: string;
  isDraining(): boolean;
}

export function createMetrics({ version, isDraining }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'parley_requests_total',
    help: 'Requests answered, over REST and sockets, by operation and outcome: `ok` or the code of the error.',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'parley_request_duration_seconds',
    help: 'How long requests took inside the server, by operation. `message.send` is the time until a message is on the disk.',
    labelNames: ['operation'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const sockets = new Gauge({
    name: 'parley_sockets',
    help: 'WebSockets that are open: about one for each device that is connected.',
    registers,
  });
  const opened = new Counter({
    name: 'parley_sockets_opened_total',
    help: 'WebSockets opened since the start. Rising while `parley_sockets` does not: devices come and go, or are refused.',
    registers,
  });
  const troubles = new Counter({
    name: 'parley_storage_troubles_total',
    help: 'Failures of the storage that nobody was waiting for. Any at all: read the log.',
    registers,
  });
  new Gauge({
    name: 'parley_draining',
    help: '1 while the server is stopping and takes nothing new.',
    registers,
    collect() {
      this.set(isDraining() ? 1 : 0);
    },
  });
  new Gauge({
    name: 'parley_info',
    help: 'Always 1; the version is the label.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1);
  collectDefaultMetrics({ register: registry });

  return {
    registry,
    watchRequests: (serve) => (incoming) => {
      const began = performance.now();
      const answer = serve(incoming);
      const operation = operations[incoming.key].name;
      void answer.then((reply) => {
        requests.inc({ operation, outcome: reply.ok ? 'ok' : reply.error.code });
        durations.observe({ operation }, (performance.now() - began) / 1_000);
      });
      return answer;
    },
    watchSockets(http) {
      http.on('upgrade', (_request, socket) => {
        opened.inc();
        sockets.inc();
        socket.once('close', () => sockets.dec());
      });
    },
    storageTroubled: () => troubles.inc(),
  };
}
