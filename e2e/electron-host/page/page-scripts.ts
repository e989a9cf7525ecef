import { openBridge } from './bridge.ts';
import { decode, encode } from './codec.ts';
import { runPageWorld } from './page-world.ts';
import { runPreloadWorld } from './preload-world.ts';

/** The name of the preload's world, of the function in it that hands text to the host, and of the one that takes it from there. */
export const preloadWorld = 'electron-preload';
export const postName = '__toHost';
export const takeName = '__fromHost';

export interface PageScripts {
  pageWorld: string;
  preloadWorld: string;
}

/** What has to run in every document before its own scripts. Node has stripped the types, so a function's text is JavaScript. */
export function pageScripts(preloadSource: string, platform: string): PageScripts {
  const inTopFrame = (code: string) => `(() => { if (window !== window.top) return; ${code} })();`;
  const openEnd = (out: string, back: string) => `(${openBridge.toString()})('${out}', '${back}')`;
  return {
    pageWorld: inTopFrame(`(${runPageWorld.toString()})(${openEnd('electron:to-preload', 'electron:to-page')});`),
    preloadWorld: inTopFrame(`
      globalThis.${takeName} = (${runPreloadWorld.toString()})({
        bridge: ${openEnd('electron:to-page', 'electron:to-preload')},
        encode: (${encode.toString()}),
        decode: (${decode.toString()}),
        post: (text) => globalThis.${postName}(text),
        platform: ${JSON.stringify(platform)},
        preload: function (require, module, exports, process) {\n${preloadSource}\n},
      });`),
  };
}
