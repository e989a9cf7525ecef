import type { EventEmitter } from 'node:events';

/** What `Mine` has of `Theirs`. With `satisfies` the compiler notices when Electron's own has changed. */
export type Imitates<Mine, Theirs, Nested extends keyof never = never> = Pick<
  Theirs,
  Exclude<keyof Mine & keyof Theirs, keyof EventEmitter | Nested>
>;

/** `made`, which says so when it is asked for something it does not have. */
export function imitation<T extends object>(name: string, made: T): T {
  return new Proxy(made, {
    get(target, key, receiver) {
      const isKnown = typeof key === 'symbol' || key in target || key === 'then' || key === 'toJSON';
      if (isKnown) return Reflect.get(target, key, receiver) as unknown;
      throw new Error(`The stand-in does not imitate ${name}.${key}`);
    },
  });
}

/** A module of Electron's that nothing may touch here. */
export function notImitated<T>(name: string): T {
  return imitation(name, function () {
    throw new Error(`The stand-in does not imitate ${name}`);
  }) as T;
}

/** Whether listeners let it happen. They find `details` on the event, and `words` after it. */
export function mayHappen(emitter: EventEmitter, name: string, details: object = {}, ...words: unknown[]): boolean {
  let isPrevented = false;
  const event = {
    ...details,
    get defaultPrevented() {
      return isPrevented;
    },
    preventDefault() {
      isPrevented = true;
    },
  };
  emitter.emit(name, event, ...words);
  return !isPrevented;
}
