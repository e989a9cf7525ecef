/** What the preload puts into the page as `parley`: plain values only, and nothing of Electron's. */
export interface PageBridge {
  /** Carries the link of `engine/api`, which checks what it hears. Everything is copied. */
  readonly engine: {
    ask(request: unknown): void;
    /** The returned function ends it. */
    onTell(listener: (answer: unknown) => void): () => void;
  };
  /** Carries what `shell-client.ts` says and hears. */
  readonly shell: PageBridge['engine'];
}

/** The bridge's name in the page. */
export const bridgeName = 'parley';
