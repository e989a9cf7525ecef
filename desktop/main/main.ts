import { app } from 'electron';
import { claimLinks } from './links/claim-links.ts';
import { LinkInbox } from './links/link-inbox.ts';
import { createFileLog } from './log.ts';
import { claimAppScheme } from './security/app-protocol.ts';
import { guardPages } from './security/guard-pages.ts';
import { startShell } from './start-shell.ts';

// Whatever has to happen before the app is ready happens here, at once: the module must not wait for it.
app.enableSandbox();
if (app.requestSingleInstanceLock()) {
  const log = createFileLog(app.getPath('logs'));
  claimAppScheme();
  guardPages(app, log);
  claimLinks(app);
  const inbox = new LinkInbox(app, process.argv);
  app.whenReady().then(
    () => startShell(inbox, log),
    (error: unknown) => log('the app did not get ready', { error: String(error) }),
  );
} else {
  app.quit();
}
