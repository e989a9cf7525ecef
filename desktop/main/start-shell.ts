import { hostname } from 'node:os';
import { join } from 'node:path';
import { app, dialog, ipcMain, Menu, session } from 'electron';
import type { NoticesPort } from '../engine/ports/notices.ts';
import { createTimerClock } from '../hosts/common/timer-clock.ts';
import { startDatabaseWorker } from '../hosts/electron/start-database-worker.ts';
import { answerPages } from './ipc/answer-pages.ts';
import { checkedEngine } from './ipc/checked-engine.ts';
import { createEngineLinks } from './ipc/engine-links.ts';
import type { LinkInbox } from './links/link-inbox.ts';
import type { Log } from './log.ts';
import { isHiddenStart, refreshAutostart } from './login/start-at-login.ts';
import { appMenu } from './menu/app-menu.ts';
import { showContextMenus } from './menu/show-context-menus.ts';
import { createConnectivity } from './power-and-network.ts';
import { runEngine, type RunningEngine } from './run-engine.ts';
import { serveAppScheme } from './security/app-protocol.ts';
import { cutOffPages } from './security/cut-off-pages.ts';
import { limitPermissions } from './security/permissions.ts';
import { DesktopShell } from './shell/desktop-shell.ts';
import { closeBeforeQuitting } from './shutdown.ts';
import { platform } from './system/platform.ts';
import { createSessionBus } from './system/session-bus.ts';
import { readUpdateFeed } from './updates/read-update-feed.ts';
import { MainWindow } from './window/main-window.ts';
import { chooseWords } from './words/choose-words.ts';
import type { Words } from './words/en.ts';

/** Beside this bundle, as `electron.vite.config.ts` and the packages lay it out. */
const resources = join(import.meta.dirname, '..', '..', 'resources', process.platform);
const rendererFolder = join(import.meta.dirname, '..', 'renderer');
const preload = join(import.meta.dirname, '..', 'preload', 'preload.cjs');

/** From ready to the first window. What fails for good is told to the person, and the app ends. */
export async function startShell(inbox: LinkInbox, log: Log): Promise<void> {
  const languages = app.getPreferredSystemLanguages();
  const words = chooseWords(languages);
  const fail = (error: unknown) => {
    log('the app could not start', { error: String(error) });
    dialog.showErrorBox(words.cannotStartTitle, `${words.cannotStartText}\n\n${app.getPath('logs')}`);
    app.exit(1);
  };
  try {
    await preparePages();
    const shell = new DesktopShell({
      platform,
      words,
      languages,
      resources,
      bundles: [import.meta.dirname, rendererFolder],
      clock: createTimerClock(),
      sessionBus: createSessionBus(),
      updateFeed: readUpdateFeed(app.getAppPath(), log),
      engine: () => running,
      window: () => mainWindow.window,
      showWindow: () => mainWindow.show(),
      toggleWindow: () => mainWindow.toggle(),
      zoomFactor: () => mainWindow.zoomFactor,
      showTheme: (theme) => mainWindow.showTheme(theme),
      log,
    });
    const running = startEngine(words, shell.notices, log, fail);
    const quitting = closeBeforeQuitting(app, running, log);
    const links = createEngineLinks(checkedEngine(running.engine));
    answerPages(
      ipcMain,
      { 'engine:ask': links.hear, 'shell:ask': (request, page) => shell.desk.hear(request, page) },
      log,
    );

    const mainWindow = new MainWindow({
      preload,
      staysWhenClosed: () => !quitting.hasBegun() && shell.staysWhenClosed(),
      onHidden: () => void shell.onWindowHidden(),
      onCreate(window) {
        links.attach(window.webContents);
        shell.attach(window);
        showContextMenus(window, words);
      },
      log,
    });
    showMenu(words, mainWindow, shell);
    app.on('second-instance', () => mainWindow.show());
    app.on('activate', () => mainWindow.show());
    const isHidden = isHiddenStart(platform, shell.settings.current);
    // First of all: the person waits for it, and for nothing of the rest.
    if (!isHidden) mainWindow.show();
    shell.start();
    refreshAutostart(platform, shell.settings.current);
    inbox.followWith((link) => shell.followLink(link));
    if (!(await shell.waitForTray()) && isHidden) mainWindow.show();
  } catch (error) {
    fail(error);
  }
}

async function preparePages(): Promise<void> {
  const pages = session.defaultSession;
  limitPermissions(pages);
  cutOffPages(pages);
  await serveAppScheme(pages, rendererFolder);
}

function startEngine(words: Words, notices: NoticesPort, log: Log, onFailure: (error: unknown) => void): RunningEngine {
  return runEngine({
    profilePath: app.getPath('userData'),
    keychainService: app.getName(),
    deviceName: hostname(),
    suggestedAddress: process.env['PARLEY_SERVER_URL'],
    connectivity: createConnectivity(),
    startDatabaseWorker,
    notices,
    log,
    onLoss({ cause, folder }) {
      // With the key everything is there again; the sign-in that is now asked for says enough.
      if (cause === 'key-missing') return;
      void dialog.showMessageBox({
        type: 'warning',
        message: words.lossTitle,
        detail: `${words.lossText}\n\n${folder}`,
      });
    },
    onFailure,
  });
}

function showMenu(words: Words, mainWindow: MainWindow, shell: DesktopShell): void {
  const template = appMenu({
    words,
    appName: app.getName(),
    isMac: process.platform === 'darwin',
    isPackaged: app.isPackaged,
    zoom(step) {
      mainWindow.zoom(step);
      shell.desk.showView();
    },
    command: (name) => shell.runCommand(name),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  app.setAboutPanelOptions({
    applicationName: app.getName(),
    applicationVersion: app.getVersion(),
    iconPath: join(resources, 'icon.png'),
  });
}
