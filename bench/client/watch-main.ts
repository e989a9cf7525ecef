// Preloaded into the app's main process: sees when messages are durable, and how long the loop was held up meanwhile.
import { subscribe } from 'node:diagnostics_channel';
import { createHistogram, monitorEventLoopDelay, performance, type RecordableHistogram } from 'node:perf_hooks';
import { isMainThread, Worker } from 'node:worker_threads';
import type { Answer, Call } from '@parley/desktop/hosts/electron/store/database-calls.ts';
import { type MainWatch, watchName } from './main-watch.ts';

/** Between two looks at the loop. */
const resolutionMs = 1;

function watchMain(): void {
  const watch: MainWatch = { connectedAt: 0, durableAt: 0, messages: 0, loopP99Ms: 0, ownP99Ms: 0 };
  Object.assign(globalThis, { [watchName]: watch });
  const loop = monitorEventLoopDelay({ resolution: resolutionMs });
  loop.enable();
  const own = watchOwnTime();
  // The last connection before there is something to store is the one that it comes over.
  subscribe('net.client.socket', () => {
    if (watch.messages > 0) return;
    watch.connectedAt = performance.now();
    loop.reset();
    own.reset();
  });

  const { postMessage } = Worker.prototype;
  const writing = new Map<number, number>();
  const heard = new WeakSet<Worker>();
  const hear = ({ id }: Answer) => {
    const count = writing.get(id);
    if (count === undefined) return;
    writing.delete(id);
    watch.messages += count;
    watch.durableAt = performance.now();
    watch.loopP99Ms = loop.percentile(99) / 1e6;
    watch.ownP99Ms = own.percentile(99) / 1e3;
  };
  Worker.prototype.postMessage = function (this: Worker, call: Call, ...rest: never[]) {
    const count = messagesIn(call);
    if (count > 0) writing.set(call.id, count);
    if (count > 0 && !heard.has(this)) {
      heard.add(this);
      this.on('message', hear);
    }
    return postMessage.call(this, call, ...rest);
  };
}

/** In microseconds. */
function watchOwnTime(): RecordableHistogram {
  const own = createHistogram();
  let before = process.threadCpuUsage();
  setInterval(() => {
    const now = process.threadCpuUsage();
    own.record(Math.max(1, now.user + now.system - before.user - before.system));
    before = now;
  }, resolutionMs).unref();
  return own;
}

function messagesIn({ name, input }: Call): number {
  if (name !== 'write') return 0;
  return (input as Call<'write'>['input']).writes.filter(({ table }) => table === 'messages').length;
}

if (isMainThread) watchMain();
