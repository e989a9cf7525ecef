import { linkAmong } from './deep-link.ts';

interface LinkedApp {
  on(event: 'open-url', listener: (event: { preventDefault(): void }, url: string) => void): unknown;
  on(event: 'second-instance', listener: (event: unknown, words: string[]) => void): unknown;
}

/** Links as the system hands them over, from before there is anybody to follow them; then they wait, the last few. */
export class LinkInbox {
  #waiting: string[] = [];
  #follow: ((link: string) => void) | undefined;

  /** `words`: the command line of this start. */
  constructor(app: LinkedApp, words: readonly string[]) {
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.#take(url);
    });
    app.on('second-instance', (_event, others) => this.#take(linkAmong(others)));
    this.#take(linkAmong(words));
  }

  /** Hands over what waits, and from now on everything. */
  followWith(follow: (link: string) => void): void {
    this.#follow = follow;
    for (const link of this.#waiting.splice(0)) follow(link);
  }

  #take(link: string | undefined): void {
    if (link === undefined) return;
    if (this.#follow !== undefined) return this.#follow(link);
    this.#waiting = [...this.#waiting, link].slice(-20);
  }
}
