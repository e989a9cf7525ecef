import { createElsewhereEngine } from '../../engine/api/elsewhere-engine.ts';
import type { EngineApi } from '../../engine/api/engine-api.ts';
import { connectEngine, serveEngine } from '../../engine/api/link.ts';
import { createSwitchableEngine } from '../../engine/api/switchable-engine.ts';
import { createEngine, type Engine } from '../../engine/create-engine.ts';
import { createTurns } from '../common/in-turn.ts';
import { createMemoryStorePort } from '../memory/memory-local-store.ts';
import { type BrowserPlace, findBrowserPlace, profileName } from './browser-place.ts';
import { logToConsole } from './create-browser-host.ts';
import { createTabClaim } from './tab-claim.ts';

/**
 * The engine of this page: it runs here, or the page is told that another tab of the profile has it. Resolves when that is decided.
 * Calls and views cross a message channel, as they would cross to another process.
 */
export async function startBrowserEngine(): Promise<EngineApi> {
  const { engine } = await runEngineIn(await findBrowserPlace(), createEngine);
  const { port1, port2 } = new MessageChannel();
  serveEngine(engine, port1);
  return connectEngine(port2);
}

/** `end` shuts the engine down where it runs here, and lets another tab have it. */
export async function runEngineIn(
  place: BrowserPlace,
  create: typeof createEngine,
): Promise<{ engine: EngineApi; end: () => Promise<void> }> {
  if (!place.kept) {
    const engine = create(place.createHost(createMemoryStorePort()));
    return { engine, end: () => engine.close() };
  }
  const { locks, channel, clock, connectivity, openStore } = place.kept;
  const elsewhere = createElsewhereEngine(() => claim.take());
  const face = createSwitchableEngine(elsewhere);

  let running: Engine | undefined;
  const inTurn = createTurns();

  async function start(): Promise<void> {
    let isGivenUp = false;
    const store = openStore(() => {
      // Not told twice, and not by a store that was closed meanwhile.
      if (!isGivenUp && running === engine) void startAnew();
      isGivenUp = true;
    });
    const engine = create(place.createHost(store));
    running = engine;
    face.switchTo(engine);
  }

  async function stop(): Promise<void> {
    const engine = running;
    running = undefined;
    await engine?.close();
  }

  /**
   * Only if the claim is still this tab's: it may have been frozen and have lost it without having heard so, and opening the store would
   * take it away from the tab that has it now.
   */
  async function startAnew(): Promise<void> {
    try {
      await claim.renew();
    } catch (error) {
      logToConsole('engine_not_started_anew', { error: String(error) });
    }
  }

  const claim = createTabClaim({
    locks,
    channel,
    clock,
    name: profileName,
    onHold: () => inTurn(start),
    onLose() {
      face.switchTo(elsewhere);
      return inTurn(stop);
    },
  });
  await claim.takeIfFree();
  // "Open in another tab" must not stand there when that tab is long gone. Only a tab that is looked at takes it by itself: a reload
  // lets go of the claim for a moment, and it should come back to the tab that was reloaded.
  const endWaking = connectivity.onChange(() => void claim.takeIfFree().catch(() => false));
  return {
    engine: face,
    async end() {
      endWaking();
      await claim.end();
    },
  };
}
