import { randomInt } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { Processes } from './connect-processes.ts';
import type { Domain } from './compose-domain.ts';
import type { ServerLog } from './logging/create-log.ts';
import type { Storage } from './storage/port/storage.ts';
import type { Drain } from './transport/drain.ts';
import type { SocketServer } from './transport/socket/socket-server.ts';

export interface Stopping {
  http: HttpServer;
  sockets: SocketServer;
  domain: Domain;
  processes: Processes | undefined;
  storage: Storage;
  drain: Drain;
  /** Requests still being served after this are cut off. */
  drainMs: number;
  log: ServerLog;
  isGraceful: boolean;
}

/** Answers still on their way out, and connections that browsers hold in reserve without having asked anything, are cut off after this. */
const lingerMs = 1_000;
/** Spreads the return of everybody over some seconds. */
const maxReconnectMs = 8_000;

function after(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs).unref();
  });
}

/** In the reverse order of making. Nothing new is served from the first line on. */
export async function stopServing(stopping: Stopping): Promise<void> {
  const { http, sockets, domain, processes, storage, drain, drainMs, log, isGraceful } = stopping;
  drain.begin();
  if (isGraceful) {
    log.info('draining');
    sockets.announceStop(() => 500 + randomInt(maxReconnectMs));
    await Promise.race([drain.finished(), after(drainMs)]);
    // What was answered last gets onto its way.
    await setImmediate();
  } else {
    http.closeAllConnections();
  }
  // It waits for every connection, also for those on which nothing will ever be asked.
  const closed = sockets.close();
  await Promise.race([closed, after(lingerMs)]);
  http.closeAllConnections();
  await closed;
  // What an abandoned server had gathered and not written is lost, as it would be in a crash.
  if (isGraceful) await domain.close();
  await processes?.close();
  await storage.close();
  if (!isGraceful) await domain.close().catch(() => {});
  log.info('stopped');
  await log.close();
}
