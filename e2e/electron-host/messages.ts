import type { PageScripts } from './page/page-scripts.ts';

/** From the app's process to the driver, which does it in Chromium and decides nothing. */
export type ToDriver =
  | { kind: 'open-page'; window: number; scripts: PageScripts; width: number; height: number }
  | { kind: 'load-page'; window: number; url: string }
  | { kind: 'resize-page'; window: number; width: number; height: number }
  | { kind: 'close-page'; window: number }
  /** To the origin of this address, and nothing else. */
  | { kind: 'grant'; url: string; permissions: string[] }
  /** For the preload's world, encoded. */
  | { kind: 'tell-page'; window: number; text: string }
  | { kind: 'verdict'; id: number; verdict: Verdict }
  | { kind: 'evaluated'; id: number; isOk: boolean; value: unknown }
  /** Another process of the same profile holds the lock. */
  | { kind: 'second-instance'; argv: string[]; workingDirectory: string; data: unknown };

/** From the driver to the app's process: what happened in Chromium, and what a spec wants to know. */
export type ToHost =
  | { kind: 'request'; id: number; request: PageRequest }
  | { kind: 'page-loaded'; window: number; failure?: string }
  | { kind: 'page-navigated'; window: number; url: string }
  | { kind: 'page-said'; window: number; text: string; frame: { url: string; isMain: boolean } }
  /** A link wants a window of its own. */
  | { kind: 'page-opens'; window: number; url: string }
  /** The person closed it, or it crashed. */
  | { kind: 'page-closing'; window: number }
  | { kind: 'page-crashed'; window: number }
  | { kind: 'evaluate'; id: number; source: string; input: unknown }
  | { kind: 'second-instance'; argv: string[]; workingDirectory: string; data: unknown };

export interface PageRequest {
  window: number;
  url: string;
  method: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
  resourceType: string;
  navigation?: { isMainFrame: boolean; isByPage: boolean };
}

export type Verdict =
  | { kind: 'continue' }
  | { kind: 'abort' }
  | { kind: 'fulfil'; status: number; headers: Record<string, string>; body: Uint8Array };
