import { randomInt } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import type { Domain } from './compose-domain.ts';
import type { ServerLog } from './logging/create-log.ts';
import type { Storage } from './storage/port/storage.ts';
import type { Drain } from './transport/drain.ts';
import type { SocketServer } from './transport/socket/socket-server.ts';

export interface Stopping {
  http: HttpServer;
  sockets: SocketServer;
  domain: Domain;
  storage: Storage;
  drain: Drain;
  log: ServerLog;
  isGraceful: boolean;
}

/** Requests still being served after this are cut off. */
const patienceMs = 10_000;
/** Spreads the return of everybody over some seconds. */
const maxReconnectMs = 8_000;

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, patienceMs).unref();
  });
}

/** In the reverse order of making. Nothing new is served from the first line on. */
export async function stopServing({ http, sockets, domain, storage, drain, log, isGraceful }: Stopping): Promise<void> {
  drain.begin();
  if (isGraceful) {
    log.info('draining');
    sockets.announceStop(() => 500 + randomInt(maxReconnectMs));
    await Promise.race([drain.finished(), patience()]);
  } else {
    http.closeAllConnections();
  }
  await sockets.close();
  http.closeAllConnections();
  // What an abandoned server had gathered and not written is lost, as it would be in a crash.
  if (isGraceful) await domain.close();
  await storage.close();
  if (!isGraceful) await domain.close().catch(() => {});
  log.info('stopped');
  await log.close();
}
