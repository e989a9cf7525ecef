import type { EngineApi } from '../engine/api/engine-api.ts';
import { createSwitchableEngine } from '../engine/api/switchable-engine.ts';
import { createEngine, type Engine } from '../engine/create-engine.ts';
import type { NoticesPort } from '../engine/ports/notices.ts';
import { createTurns } from '../hosts/common/in-turn.ts';
import {
  createElectronHost,
  type ElectronHost,
  type ElectronHostOptions,
  opensKeychain,
  type SecretKeeping,
} from '../hosts/electron/create-electron-host.ts';

export interface RunEngineOptions extends Omit<ElectronHostOptions, 'onUnusable'> {
  /** Tells the person what has come. */
  notices: NoticesPort;
  /** It could not be started, or not again: what the app keeps is out of reach. */
  onFailure(error: unknown): void;
  /** A server to begin with, where the person has none yet. */
  suggestedAddress?: string | undefined;
}

export interface RunningEngine {
  /** Answers at once; what is asked before the start is answered after it. */
  readonly engine: EngineApi;
  /** How secrets are kept now; missing until that is known. */
  readonly secretKeeping: SecretKeeping | undefined;
  /** Whether the keychain opens by now. */
  opensKeychain(): Promise<boolean>;
  /** Closes and opens everything anew, the keychain too. What was only in memory is gone. */
  restart(): Promise<void>;
  /** Resolves when everything on its way into the store is there. */
  close(): Promise<void>;
}

/** The engine over this profile, made anew whenever the store it has becomes unusable: opening repairs it. */
export function runEngine({ onFailure, notices, suggestedAddress, ...options }: RunEngineOptions): RunningEngine {
  const { promise: started, resolve: onStarted } = Promise.withResolvers<EngineApi>();
  const face = createSwitchableEngine(startingEngine(started));
  let running: { engine: Engine; host: ElectronHost } | undefined;
  let isClosed = false;
  const inTurn = createTurns();

  async function start(): Promise<void> {
    if (isClosed) return;
    const onUnusable = () => void inTurn(startAnew).catch(onFailure);
    const host = await createElectronHost({ ...options, onUnusable });
    const engine = createEngine({ ...host, notices, ...(suggestedAddress !== undefined && { suggestedAddress }) });
    running = { engine, host };
    face.switchTo(engine);
    onStarted(engine);
  }

  async function stop(): Promise<void> {
    const before = running;
    running = undefined;
    try {
      await before?.engine.close();
    } finally {
      await before?.host.close();
    }
  }

  async function startAnew(): Promise<void> {
    await stop().catch((error: unknown) => options.log('the engine before did not close', { error: String(error) }));
    await start();
  }

  void inTurn(start).catch(onFailure);
  return {
    engine: face,
    get secretKeeping() {
      return running?.host.secretKeeping;
    },
    opensKeychain: () => opensKeychain(options),
    restart: () => inTurn(startAnew),
    async close() {
      isClosed = true;
      await inTurn(stop);
    },
  };
}

/** What is seen and asked until there is an engine. */
function startingEngine(started: Promise<EngineApi>): EngineApi {
  return {
    call: async (command, input) => (await started).call(command, input),
    subscribe: async () => ({
      snapshot: { revision: 0, app: { phase: 'starting' }, changes: [] },
      end: () => undefined,
    }),
  };
}
