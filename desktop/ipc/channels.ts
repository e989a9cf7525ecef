import type { LinkAnswer, LinkRequest } from '../engine/api/link-messages.ts';

/** What a page tells main, by channel. Nothing is answered on the same channel. */
export interface ToMain {
  'engine:ask': LinkRequest;
}

/** What main tells a page, by channel. */
export interface ToPage {
  'engine:tell': LinkAnswer;
}

export type ToMainChannel = keyof ToMain;
export type ToPageChannel = keyof ToPage;

/** Every channel there is: what the preload uses, what main answers and what has a schema are held to this list by tests. */
export const channels = {
  toMain: ['engine:ask'],
  toPage: ['engine:tell'],
} as const satisfies { toMain: ToMainChannel[]; toPage: ToPageChannel[] };
