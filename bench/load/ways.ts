import { v7 as mintId } from 'uuid';
import { median, quantile } from '../arithmetic.ts';
import type { Talkers } from './talkers.ts';

export interface Spoken {
  messages: number;
  deliveries: number;
  elapsedMs: number;
}

/** Everybody says the next thing when the last one is acknowledged, for `forMs`; ends when all is acknowledged and delivered. */
export async function sayAndWait(talkers: Talkers, forMs: number): Promise<Spoken> {
  const begun = performance.now();
  let [sent, acknowledged, deliveries, endedAt] = [0, 0, 0, begun];
  const say = (talker: (typeof talkers.all)[number]) => {
    sent += 1;
    talker.say(mintId());
  };
  talkers.listen({
    acknowledged(talker) {
      acknowledged += 1;
      endedAt = performance.now();
      if (endedAt - begun < forMs) say(talker);
    },
    delivered: () => (deliveries += 1),
  });
  for (const talker of talkers.all) say(talker);
  await talkers.settled(
    () => performance.now() - begun >= forMs && acknowledged === sent && deliveries === sent,
    () => `${sent} sent, ${acknowledged} acknowledged, ${deliveries} delivered`,
  );
  return { messages: acknowledged, deliveries, elapsedMs: endedAt - begun };
}

export interface Paced extends Spoken {
  p50Ms: number;
  p99Ms: number;
}

/** So many messages a second from everybody in turn, whether the last ones are answered or not; times from sent to delivered. */
export async function sayEvenly(talkers: Talkers, perSecond: number, forMs: number): Promise<Paced> {
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  const begun = performance.now();
  let sent = 0;
  talkers.listen({
    acknowledged: () => undefined,
    delivered(messageId) {
      latencies.push(performance.now() - (sentAt.get(messageId) ?? Number.NaN));
    },
  });
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsedMs = Math.min(performance.now() - begun, forMs);
      for (; sent < (elapsedMs * perSecond) / 1000; sent += 1) {
        const messageId = mintId();
        sentAt.set(messageId, performance.now());
        talkers.all[sent % talkers.all.length]?.say(messageId);
      }
      if (elapsedMs < forMs) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  await talkers.settled(
    () => latencies.length === sent,
    () => `${sent} sent, ${latencies.length} delivered`,
  );
  return {
    messages: sent,
    deliveries: latencies.length,
    elapsedMs: performance.now() - begun,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}

export interface SaidToAll extends Spoken {
  /** From sent to the last delivery, in the middle of all messages. */
  lastDeliveryMs: number;
}

/** One message after the other to everybody else in the room; each waits until the last one has it. */
export async function sayToAll(talkers: Talkers, messages: number): Promise<SaidToAll> {
  const lasts: number[] = [];
  const begun = performance.now();
  let deliveries = 0;
  for (let index = 0; index < messages; index += 1) {
    const sentAt = performance.now();
    const speaker = talkers.all[index % talkers.all.length];
    await new Promise<void>((resolve) => {
      let [heard, isAcknowledged] = [0, false];
      const isOver = () => heard === talkers.all.length - 1 && isAcknowledged;
      talkers.listen({
        acknowledged() {
          isAcknowledged = true;
          if (isOver()) resolve();
        },
        delivered() {
          deliveries += 1;
          heard += 1;
          if (heard === talkers.all.length - 1) lasts.push(performance.now() - sentAt);
          if (isOver()) resolve();
        },
      });
      speaker?.say(mintId());
    });
  }
  const elapsedMs = performance.now() - begun;
  await talkers.settled(
    () => true,
    () => `${deliveries} delivered`,
  );
  return { messages, deliveries, elapsedMs, lastDeliveryMs: median(lasts) };
}
