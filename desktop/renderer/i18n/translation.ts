import type { en } from './en/index.ts';

type SameKeys<T> = { [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

/** Every language says everything: English is the list of what there is to say. */
export type Translation = SameKeys<typeof en>;
export type Namespace = keyof Translation;
