import type { SocketPort } from '@parley/desktop/engine/ports/socket.ts';
import type { Host } from '@parley/desktop/engine/ports/host.ts';
import type { MemoryStorePort } from '@parley/desktop/hosts/memory/memory-local-store.ts';

/** What a server has told one device of one conversation. */
export interface Told {
  phase: number;
  /** Of one connection, all facts come in order. */
  link: number;
  name: string;
  conversationId: string;
  /** Where the conversation's records have changed. */
  change?: { afterRev: number; rev: number; recordRevs: number[] };
  /** It had told on this connection that this person was removed, and nobody had begun to add them again. */
  isAfterRemoval: boolean;
}

interface Payload {
  conversationId?: string;
  afterRev: number;
  rev: number;
  change?: { records: { members?: { userId: string; state: string; rev: number }[]; messages?: { rev: number }[] } };
}

interface Circumstances {
  userId(): string;
  phase(): number;
  onStored(text: string): void;
}

/** Listens between a device, its line and its disk. */
export class Ear {
  readonly told: Told[] = [];
  /** Ids of messages that a server has acknowledged. */
  readonly acknowledged = new Set<string>();
  readonly #circumstances: Circumstances;
  #links = 0;
  #outOf = new Map<string, number>();

  constructor(circumstances: Circumstances) {
    this.#circumstances = circumstances;
  }

  /** Somebody is about to add this person again. */
  expectBack(conversationId: string): void {
    this.#outOf.delete(conversationId);
  }

  readonly wrapSocket = (real: SocketPort): SocketPort => ({
    open: (options) => {
      this.#links += 1;
      const number = this.#links;
      const onFact = (name: string, payload: unknown) => {
        this.#hear(number, name, payload as Payload);
        options.handlers.onFact(name, payload);
      };
      const link = real.open({ ...options, handlers: { ...options.handlers, onFact } });
      return {
        close: () => link.close(),
        request: async (name, input, timeoutMs) => {
          const reply = await link.request(name, input, timeoutMs);
          if (name === 'messages.send' && reply.ok) this.acknowledged.add((input as { id: string }).id);
          return reply;
        },
      };
    },
  });

  readonly wrapStore = (port: MemoryStorePort): Host['store'] => ({
    kind: port.kind,
    list: () => port.list(),
    open: async (key) => {
      const store = await port.open(key);
      return {
        ...store,
        write: async (batch) => {
          await store.write(batch);
          for (const write of batch)
            if (write.table === 'messages' && write.message?.kind === 'text')
              this.#circumstances.onStored(write.message.text);
        },
      };
    },
  });

  #hear(link: number, name: string, payload: Payload): void {
    const { conversationId, afterRev, rev, change } = payload;
    if (conversationId === undefined) return;
    const records = change?.records;
    this.told.push({
      phase: this.#circumstances.phase(),
      link,
      name,
      conversationId,
      ...(records && { change: { afterRev, rev, recordRevs: (records.messages ?? []).map((message) => message.rev) } }),
      isAfterRemoval: this.#outOf.get(conversationId) === link,
    });
    const mine = records?.members?.find(({ userId }) => userId === this.#circumstances.userId());
    if (mine !== undefined && mine.state !== 'in') this.#outOf.set(conversationId, link);
  }
}
