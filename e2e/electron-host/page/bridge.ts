// Runs in the page as source text, once in its own world and once in the preload's.

export interface Bridge {
  /** Whatever this end says that is no call, promise or answer. */
  onNotice: (name: string, value: unknown) => void;
  notice(name: string, value: unknown): void;
}

/**
 * One end of what Electron's contextBridge is: values are copied, functions and promises are proxied, both ways. A custom event is
 * heard in the other world at once, with its detail copied.
 */
export function openBridge(outName: string, inName: string): Bridge {
  type Described = { kind: string; value?: unknown; id?: number; entries?: [string, Described][] };
  interface Word {
    say: 'call' | 'answer' | 'settle' | 'notice';
    id: number;
    target?: number;
    name?: string;
    isOk?: boolean;
    value?: Described;
  }
  const functions: ((...words: unknown[]) => unknown)[] = [];
  const answers = new Map<number, Word>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>();
  let lastId = 0;
  const bridge: Bridge = {
    onNotice: () => undefined,
    notice: (name, value) => post({ say: 'notice', id: 0, name, value: describe(value) }),
  };

  function post(word: Word): void {
    document.dispatchEvent(new CustomEvent(outName, { detail: word }));
  }

  function describe(value: unknown, seen = new Map<unknown, Described>()): Described {
    if (typeof value === 'function') return { kind: 'function', id: functions.push(value as never) - 1 };
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
    if (typeof value !== 'object' || value === null) return { kind: 'value', value };
    if (value instanceof Promise) return describePromise(value);
    if (value instanceof Error) return { kind: 'error', value: value.message };
    const isPlain = Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as null);
    if (!isPlain) return { kind: 'value', value: structuredClone(value) };
    const known = seen.get(value);
    if (known !== undefined) return known;
    const described: Described = { kind: Array.isArray(value) ? 'array' : 'object', entries: [] };
    seen.set(value, described);
    for (const [key, held] of Object.entries(value)) described.entries?.push([key, describe(held, seen)]);
    return described;
  }

  function describePromise(promise: Promise<unknown>): Described {
    const id = (lastId += 1);
    promise.then(
      (value) => post({ say: 'settle', id, isOk: true, value: describe(value) }),
      (reason: unknown) => post({ say: 'settle', id, isOk: false, value: describe(reason) }),
    );
    return { kind: 'promise', id };
  }

  function revive(described: Described, seen = new Map<Described, unknown>()): unknown {
    switch (described.kind) {
      case 'function':
        return (...words: unknown[]) => callFar(described.id ?? 0, words);
      case 'promise':
        return new Promise((resolve, reject) => promises.set(described.id ?? 0, { resolve, reject }));
      case 'error':
        return new Error(String(described.value));
      case 'array':
      case 'object': {
        if (seen.has(described)) return seen.get(described);
        const made: Record<string, unknown> = described.kind === 'array' ? ([] as never) : {};
        seen.set(described, made);
        for (const [key, held] of described.entries ?? []) {
          Object.defineProperty(made, key, {
            value: revive(held, seen),
            writable: true,
            enumerable: true,
            configurable: true,
          });
        }
        return made;
      }
      default:
        return described.value;
    }
  }

  function callFar(target: number, words: unknown[]): unknown {
    const id = (lastId += 1);
    post({ say: 'call', id, target, value: describe(words) });
    const answer = answers.get(id);
    answers.delete(id);
    if (answer?.value === undefined) throw new Error('An object could not be cloned.');
    if (answer.isOk) return revive(answer.value);
    throw revive(answer.value);
  }

  function callNear({ id, target, value }: Word): void {
    try {
      const words = revive(value ?? { kind: 'array' }) as unknown[];
      post({ say: 'answer', id, isOk: true, value: describe(functions[target ?? 0]?.(...words)) });
    } catch (error) {
      post({
        say: 'answer',
        id,
        isOk: false,
        value: describe(error instanceof Error ? error : new Error(String(error))),
      });
    }
  }

  document.addEventListener(inName, (event) => {
    // Null where something in it could not be copied: the caller misses its answer, and says so.
    const word = (event as CustomEvent<Word | null>).detail;
    if (word === null) return;
    if (word.say === 'call') callNear(word);
    else if (word.say === 'answer') answers.set(word.id, word);
    else if (word.say === 'notice') bridge.onNotice(word.name ?? '', revive(word.value ?? { kind: 'value' }));
    else {
      const promise = promises.get(word.id);
      promises.delete(word.id);
      const settled = revive(word.value ?? { kind: 'value' });
      if (word.isOk) promise?.resolve(settled);
      else promise?.reject(settled);
    }
  });
  return bridge;
}
