export interface Layer {
  /** The folder it rules; a file belongs to the longest folder that contains it. */
  folder: string;
  /** Folders and files of this project it may import besides its own folder. */
  imports: string[];
  /** npm packages it may import; `node:` stands for Node's own modules. Left out: any that `never` does not name. */
  packages?: string[];
  never?: string[];
  /** What to do instead, shown to whoever broke the rule. */
  instead: string;
}

const natives = ['better-sqlite3-multiple-ciphers', 'keytar'];
const serverOnly = ['express', 'socket.io', 'mongoose'];
const notInPage = ['electron', 'node:', ...natives, ...serverOnly];
const wireFreeShared = [
  'shared/model',
  'shared/contract/entities',
  'shared/contract/errors.ts',
  'shared/contract/ids.ts',
  'shared/contract/limits.ts',
  'shared/contract/version.ts',
];

export const layers: Layer[] = [
  {
    folder: 'shared',
    imports: [],
    packages: ['zod'],
    instead: 'The contract depends on zod only: put what needs more on the side that needs it.',
  },

  {
    folder: 'desktop/engine',
    imports: ['shared'],
    // Only writes a UUID out of the time and the random bytes it is handed.
    packages: ['uuid'],
    instead: 'Ask for it through an interface in desktop/engine/ports and implement that in desktop/hosts.',
  },
  {
    folder: 'desktop/hosts',
    imports: ['desktop/engine/ports', 'shared'],
    never: ['electron', 'node:', 'react', ...natives],
    instead: 'A host implements desktop/engine/ports; what only one platform has belongs in that host.',
  },
  {
    folder: 'desktop/hosts/browser',
    imports: ['desktop/engine/ports', 'desktop/hosts/common', 'shared'],
    never: ['react', ...notInPage],
    instead: 'A host knows desktop/engine/ports only; let the entry join it to the engine.',
  },
  {
    folder: 'desktop/hosts/browser/start-browser-engine.ts',
    imports: ['desktop/hosts/browser', 'desktop/hosts/common', 'desktop/hosts/memory', 'desktop/engine', 'shared'],
    never: ['react', ...notInPage],
    instead: 'This file only joins the browser host to the engine, for desktop/renderer/entries.',
  },
  {
    folder: 'desktop/hosts/electron',
    imports: ['desktop/engine/ports', 'desktop/hosts/common', 'desktop/hosts/memory', 'shared'],
    never: ['react'],
    instead: 'A host knows desktop/engine/ports only; let desktop/main join it to the engine.',
  },
  {
    folder: 'desktop/ipc',
    imports: ['desktop/engine/api', ...wireFreeShared],
    packages: [],
    instead: 'This folder only names what crosses between main, preload and page; check it in desktop/main/ipc.',
  },
  {
    folder: 'desktop/main',
    imports: ['desktop/engine', 'desktop/hosts/common', 'desktop/hosts/electron', 'desktop/ipc', 'shared'],
    never: ['react'],
    instead: 'Main joins the engine to the Electron host; what people see belongs in desktop/renderer.',
  },
  {
    folder: 'desktop/preload',
    imports: ['desktop/engine/api', 'desktop/ipc', ...wireFreeShared],
    packages: ['electron'],
    instead: 'The preload only hands desktop/engine/api through: do the work in desktop/main.',
  },
  {
    folder: 'desktop/renderer',
    imports: ['desktop/engine/api', 'desktop/ipc/shell-api.ts', ...wireFreeShared],
    never: ['socket.io-client', 'idb', ...notInPage],
    instead: 'The renderer asks desktop/engine/api: add a command or a view there. Only entries/ chooses a host.',
  },
  {
    folder: 'desktop/renderer/entries',
    imports: ['desktop/renderer', 'desktop/engine', 'desktop/hosts/browser', 'desktop/ipc', 'shared'],
    never: notInPage,
    instead: 'An entry joins a host, the engine and the renderer; it runs in a page.',
  },

  {
    folder: 'server',
    imports: ['shared'],
    instead: 'The server knows the client by the contract only: say it in shared/contract.',
  },
  {
    folder: 'server/config',
    imports: ['shared'],
    never: [...serverOnly, ...natives],
    instead: 'Configuration only reads and checks values: build what uses them in server/create-server.ts.',
  },
  {
    folder: 'server/transport',
    imports: ['server/domain', 'server/presenters', 'shared'],
    never: ['mongoose', ...natives],
    instead: 'A handler makes one domain call: add what it needs to server/domain, or take it as an argument.',
  },
  {
    folder: 'server/domain',
    imports: ['server/presenters', 'server/storage/port', 'server/blobs/port', 'server/mail/port', 'shared'],
    packages: ['lru-cache'],
    instead: 'The domain asks: describe what it needs as an interface and let server/create-server.ts hand it in.',
  },
  {
    folder: 'server/peers',
    imports: [
      'server/domain/live/peers.ts',
      'server/domain/clock.ts',
      'server/domain/log.ts',
      'server/storage/port/shared.ts',
      'shared',
    ],
    packages: ['redis', 'rate-limiter-flexible', 'node:'],
    instead: 'This folder carries what server/domain/live/peers.ts describes between processes; decide in the domain.',
  },
  {
    folder: 'server/presenters',
    imports: ['server/storage/port', 'shared'],
    packages: [],
    instead: 'A presenter turns a stored record into a wire entity and decides nothing else.',
  },
  {
    folder: 'server/crypto',
    imports: ['server/domain/accounts/ports.ts', 'server/domain/domain-error.ts', 'shared'],
    packages: ['bcryptjs', 'jsonwebtoken', 'lru-cache', 'zod', 'node:'],
    instead: 'This folder does what server/domain/accounts/ports.ts describes; decide in the domain.',
  },
  {
    folder: 'server/storage/port',
    imports: ['shared'],
    packages: [],
    instead: 'The port only describes; what does something belongs in an adapter.',
  },
  {
    folder: 'server/storage/conformance',
    imports: ['server/storage/port', 'shared'],
    packages: ['vitest', 'fast-check', 'node:'],
    instead: 'The suite knows the port only, so that every adapter can be held to it.',
  },
  {
    folder: 'server/storage/sqlite',
    imports: ['server/storage/port', 'shared'],
    packages: ['better-sqlite3-multiple-ciphers', 'lru-cache', 'node:'],
    instead: 'An adapter knows server/storage/port and its own database; rules belong in server/domain.',
  },
  {
    folder: 'server/storage/mongo',
    imports: ['server/storage/port', 'shared'],
    packages: ['mongoose', 'lru-cache', 'node:'],
    instead: 'An adapter knows server/storage/port and its own database; rules belong in server/domain.',
  },
];

/** Tests, and what only tests use, may reach further than the sources they test. */
export const testLayers: Layer[] = [
  {
    folder: 'shared',
    imports: [],
    instead: 'The contract is tested without either side; test the two together in e2e or desktop.',
  },
  {
    folder: 'desktop',
    imports: ['shared', 'server/testing'],
    instead: 'A test of the client starts the real server through server/testing and sees only its wire.',
  },
  {
    folder: 'server',
    imports: ['shared'],
    instead: 'A test of the server speaks the contract; test it together with the client in desktop or e2e.',
  },
  {
    folder: 'e2e',
    imports: ['shared', 'desktop', 'server/testing', 'scripts'],
    instead: 'End-to-end tests start the server through server/testing and use the app as a person does.',
  },
  {
    folder: 'bench',
    imports: ['shared', 'desktop', 'server', 'scripts', 'e2e/electron-host', 'e2e/servers'],
    instead: 'The benchmark measures the product as it is.',
  },
];
