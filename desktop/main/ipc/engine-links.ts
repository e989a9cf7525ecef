import type { WebContents } from 'electron';
import type { EngineApi } from '../../engine/api/engine-api.ts';
import { type MessagePortLike, serveEngine } from '../../engine/api/link.ts';
import type { ToMain, ToPage } from '../../ipc/channels.ts';

/** One end of a channel to the document that a page shows now; nothing reaches the document after it. */
class DocumentPort implements MessagePortLike {
  readonly #page: WebContents;
  readonly #listeners = new Set<(event: { data: unknown }) => void>();
  #isOpen = true;

  constructor(page: WebContents) {
    this.#page = page;
  }

  postMessage(message: unknown): void {
    if (this.#isOpen && !this.#page.isDestroyed()) this.#page.send('engine:tell' satisfies keyof ToPage, message);
  }

  addEventListener(_type: 'message', listener: (event: { data: unknown }) => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'message', listener: (event: { data: unknown }) => void): void {
    this.#listeners.delete(listener);
  }

  hear(data: unknown): void {
    for (const listener of [...this.#listeners]) listener({ data });
  }

  close(): void {
    this.#isOpen = false;
  }
}

export interface EngineLinks {
  /** Serves the engine to whatever this page shows, until it is destroyed; a document that is loaded anew starts afresh. */
  attach(page: WebContents): void;
  /** Hands on what the page asked. */
  hear(request: ToMain['engine:ask'], page: WebContents): void;
}

export function createEngineLinks(engine: EngineApi): EngineLinks {
  const ports = new Map<WebContents, DocumentPort>();
  return {
    attach(page) {
      let end = serveDocument();
      page.on('did-navigate', () => {
        end();
        end = serveDocument();
      });
      page.once('destroyed', () => {
        end();
        ports.delete(page);
      });

      function serveDocument(): () => void {
        const port = new DocumentPort(page);
        ports.set(page, port);
        const stopServing = serveEngine(engine, port);
        return () => {
          stopServing();
          port.close();
        };
      }
    },
    hear: (request, page) => ports.get(page)?.hear(request),
  };
}
