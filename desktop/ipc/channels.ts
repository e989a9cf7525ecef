import type { LinkAnswer, LinkRequest } from '../engine/api/link-messages.ts';
import type { ShellAnswer, ShellRequest } from './shell-messages.ts';

/** What a page tells main, by channel. Nothing is answered on the same channel. */
export interface ToMain {
  'engine:ask': LinkRequest;
  'shell:ask': ShellRequest;
}

/** What main tells a page, by channel. */
export interface ToPage {
  'engine:tell': LinkAnswer;
  'shell:tell': ShellAnswer;
}

export type ToMainChannel = keyof ToMain;
export type ToPageChannel = keyof ToPage;

/** Every channel there is: what the preload uses, what main answers and what has a schema are held to this list by tests. */
export const channels = {
  toMain: ['engine:ask', 'shell:ask'],
  toPage: ['engine:tell', 'shell:tell'],
} as const satisfies { toMain: ToMainChannel[]; toPage: ToPageChannel[] };
