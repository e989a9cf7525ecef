import { randomBytes } from 'node:crypto';
import { fetchHttp } from '../../hosts/common/fetch-http.ts';
import { socketIoSocket } from '../../hosts/common/socket-io-socket.ts';
import { createMemoryDisk, type MemoryDisk } from '../../hosts/memory/memory-disk.ts';
import { createMemoryStorePort, type MemoryStorePort } from '../../hosts/memory/memory-local-store.ts';
import type { CommandInput, CommandName, CommandValue } from '../api/commands.ts';
import type { AccountKey, ChangeBatch, CollectionName, Collections, MessageView } from '../api/views.ts';
import { createEngine, type Engine } from '../create-engine.ts';
import type { Host, VaultPort } from '../ports/host.ts';
import type { SocketPort } from '../ports/socket.ts';
import { type FaultySocket, faultySocket } from './faulty-socket.ts';
import { type Random, seededRandom } from './seeded-random.ts';
import { hastyClock } from './test-clock.ts';

type InAccount<C extends CommandName> = Omit<CommandInput<C>, 'account'>;

export interface TestDeviceOptions {
  /** Asked anew with every connection: a server that was restarted may be elsewhere. */
  address: string;
  random?: Random;
  disk?: MemoryDisk;
  /** How many times faster waiting is over; 20 where nothing is said. */
  haste?: number;
  vault?: Map<string, string>;
  /** What stands between the engine and the real line. */
  wrapSocket?(real: SocketPort): SocketPort;
  wrapStore?(store: MemoryStorePort): Host['store'];
}

/** One person's device: the real engine over a line and a disk that a test breaks as it likes. */
export class TestDevice {
  readonly #options: TestDeviceOptions;
  readonly #random: Random;
  readonly disk: MemoryDisk;
  readonly vault: Map<string, string>;
  readonly line: FaultySocket;
  readonly log: { event: string; details?: Record<string, unknown> | undefined }[] = [];
  account: AccountKey = '';
  isOnline = true;
  #listeners = new Set<() => void>();
  #store!: MemoryStorePort;
  #engine!: Engine;
  #values = new Map<string, unknown>();
  #watchers = new Set<() => void>();
  /** Every batch came with the next revision. */
  #revision = 0;

  private constructor(options: TestDeviceOptions) {
    this.#options = options;
    this.#random = options.random ?? seededRandom(1);
    this.disk = options.disk ?? createMemoryDisk();
    this.vault = options.vault ?? new Map();
    this.line = faultySocket(options.wrapSocket?.(socketIoSocket) ?? socketIoSocket, this.#random);
  }

  static async start(options: TestDeviceOptions): Promise<TestDevice> {
    const device = new TestDevice(options);
    await device.#boot();
    return device;
  }

  /** A new device, signed in to a new account. */
  static async registered(options: TestDeviceOptions, name: string): Promise<TestDevice> {
    const device = await TestDevice.start(options);
    const email = `${name.toLowerCase()}.${randomBytes(4).toString('hex')}@example.org`;
    const registered = await device.#call('register', {
      address: options.address,
      email,
      password: 'correct horse battery',
      name,
    });
    device.account = registered.account;
    return device;
  }

  /** Another device of the same account. */
  async another(changes: Partial<TestDeviceOptions> = {}): Promise<TestDevice> {
    const device = await TestDevice.start({ random: this.#random, ...changes, address: this.#options.address });
    const email = this.one('account', 'me')?.email ?? '';
    const entered = await device.#call('signIn', {
      address: this.#options.address,
      email,
      password: 'correct horse battery',
    });
    device.account = entered.account;
    return device;
  }

  get userId(): string {
    return this.account.split('/')[1] ?? '';
  }

  get email(): string {
    return this.one('account', 'me')?.email ?? '';
  }

  /** Runs a command in this device's account, which has to go well. */
  run<C extends CommandName>(command: C, input: InAccount<C>): Promise<CommandValue<C>> {
    return this.#call(command, { account: this.account, ...input } as CommandInput<C>);
  }

  /** Runs a command and answers what came of it. */
  attempt<C extends CommandName>(command: C, input: InAccount<C>) {
    return this.#engine.call(command, { account: this.account, ...input } as CommandInput<C>);
  }

  one<C extends CollectionName>(collection: C, key: string): Collections[C] | undefined {
    return this.#values.get(`${this.account}\n${collection}\n${key}`) as Collections[C] | undefined;
  }

  all<C extends CollectionName>(collection: C): Collections[C][] {
    const prefix = `${this.account}\n${collection}\n`;
    return [...this.#values].filter(([name]) => name.startsWith(prefix)).map(([, value]) => value as Collections[C]);
  }

  /** The messages of an open thread, as they stand on screen. */
  thread(conversationId: string): MessageView[] {
    return this.all('messages')
      .filter((message) => message.conversationId === conversationId)
      .sort((a, b) => a.order - b.order);
  }

  texts(conversationId: string): string[] {
    return this.thread(conversationId).map(({ content }) =>
      content.kind === 'text' ? content.text : `(${content.kind})`,
    );
  }

  /** Resolves when the condition holds, looked at after every change. */
  until(condition: () => boolean, what = String(condition)): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        reject(
          new Error(
            `Did not come to be: ${what}\n${JSON.stringify(this.one('account', 'me'))}\n${JSON.stringify(this.log.slice(-5))}`,
          ),
        );
      }, 20_000);
      const look = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
    });
  }

  /** Connected, nothing waiting, and everything said to be here. */
  untilCurrent(): Promise<void> {
    return this.until(() => {
      const me = this.one('account', 'me');
      return me?.connection.kind === 'current' && me.waiting === 0;
    }, 'current, nothing waiting');
  }

  goOffline(): void {
    this.isOnline = false;
    this.line.isUp = false;
    this.line.cut();
    for (const listener of this.#listeners) listener();
  }

  goOnline(): void {
    this.isOnline = true;
    this.line.isUp = true;
    for (const listener of this.#listeners) listener();
  }

  /** Dies at once and starts again with what was durable. */
  async crash(): Promise<void> {
    this.#store.crash();
    this.line.cut();
    await this.#boot();
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }

  async #boot(): Promise<void> {
    this.#values = new Map();
    this.#listeners = new Set();
    this.#store = createMemoryStorePort(this.disk);
    this.#engine = createEngine(this.#host());
    const engine = this.#engine;
    const { snapshot } = await engine.subscribe((batch) => {
      if (engine === this.#engine) this.#take(batch);
    });
    this.#revision = snapshot.revision;
    this.#apply(snapshot.changes);
  }

  #host(): Host {
    const vault: VaultPort = {
      keeps: 'token',
      read: (key) => Promise.resolve(this.vault.get(key) ?? null),
      write: (key, token) => Promise.resolve(void this.vault.set(key, token)),
      erase: (key) => Promise.resolve(void this.vault.delete(key)),
    };
    return {
      clock: hastyClock(this.#options.haste ?? 20),
      random: { bytes: (count) => new Uint8Array(randomBytes(count)) },
      connectivity: {
        isOnline: () => this.isOnline,
        onChange: (listener) => {
          this.#listeners.add(listener);
          return () => this.#listeners.delete(listener);
        },
      },
      socket: this.line,
      http: {
        send: (request) => (this.line.isUp ? fetchHttp.send(request) : Promise.reject(new Error('no network'))),
      },
      vault,
      store: this.#options.wrapStore?.(this.#store) ?? this.#store,
      deviceName: 'test device',
      log: (event, details) => void this.log.push({ event, details }),
    };
  }

  #take(batch: ChangeBatch): void {
    if (batch.revision !== this.#revision + 1)
      throw new Error(`Revision ${batch.revision} came after ${this.#revision}`);
    this.#revision = batch.revision;
    this.#apply(batch.changes);
    for (const look of this.#watchers) look();
  }

  #apply(changes: ChangeBatch['changes']): void {
    for (const { account, collection, key, value } of structuredClone(changes)) {
      const name = `${account}\n${collection}\n${key}`;
      if (value === null) this.#values.delete(name);
      else this.#values.set(name, value);
    }
  }

  async #call<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandValue<C>> {
    const result = await this.#engine.call(command, input);
    if (!result.ok)
      throw new Error(`${command} was refused: ${result.error.code} ${JSON.stringify(this.log.slice(-3))}`);
    return result.value;
  }
}
