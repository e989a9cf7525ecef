import type { App, WebContents } from 'electron';
import type { Log } from '../log.ts';
import { openExternally } from './external-links.ts';

/** No page ever leads anywhere else, opens another, or embeds one; links go to the system. To be called before any window is made. */
export function guardPages(app: App, log: Log): void {
  app.on('web-contents-created', (_event, page) => guard(page, log));
}

function guard(page: WebContents, log: Log): void {
  const deny = (what: string) => (event: { preventDefault(): void }) => {
    event.preventDefault();
    log('a navigation was denied', { what });
  };
  page.on('will-navigate', deny('will-navigate'));
  page.on('will-frame-navigate', deny('will-frame-navigate'));
  page.on('will-redirect', deny('will-redirect'));
  page.on('will-attach-webview', deny('will-attach-webview'));
  page.setWindowOpenHandler(({ url }) => {
    openExternally(url).then(
      (isOpened) => isOpened || log('a link was refused'),
      (error: unknown) => log('a link could not be opened', { error: String(error) }),
    );
    return { action: 'deny' };
  });
}
