import { hostname } from 'node:os';
import { join } from 'node:path';
import { app, dialog, ipcMain, Menu, session } from 'electron';
import { startDatabaseWorker } from '../hosts/electron/start-database-worker.ts';
import { answerPages } from './ipc/answer-pages.ts';
import { checkedEngine } from './ipc/checked-engine.ts';
import { createEngineLinks } from './ipc/engine-links.ts';
import type { Log } from './log.ts';
import { appMenu } from './menu/app-menu.ts';
import { showContextMenus } from './menu/show-context-menus.ts';
import { createConnectivity } from './power-and-network.ts';
import { runEngine, type RunningEngine } from './run-engine.ts';
import { serveAppScheme } from './security/app-protocol.ts';
import { cutOffPages } from './security/cut-off-pages.ts';
import { limitPermissions } from './security/permissions.ts';
import { closeBeforeQuitting } from './shutdown.ts';
import { MainWindow } from './window/main-window.ts';
import { chooseWords } from './words/choose-words.ts';
import type { Words } from './words/en.ts';

/** Beside this bundle, as `electron.vite.config.ts` lays it out. */
const rendererFolder = join(import.meta.dirname, '..', 'renderer');
const preload = join(import.meta.dirname, '..', 'preload', 'preload.cjs');

/** From ready to the first window. What fails for good is told to the person, and the app ends. */
export async function startShell(log: Log): Promise<void> {
  const words = chooseWords(app.getPreferredSystemLanguages());
  const fail = (error: unknown) => {
    log('the app could not start', { error: String(error) });
    dialog.showErrorBox(words.cannotStartTitle, `${words.cannotStartText}\n\n${app.getPath('logs')}`);
    app.exit(1);
  };
  try {
    await preparePages();
    const running = startEngine(words, log, fail);
    const quitting = closeBeforeQuitting(app, running, log);
    const links = createEngineLinks(checkedEngine(running.engine));
    answerPages(ipcMain, { 'engine:ask': links.hear }, log);

    const mainWindow = new MainWindow({
      preload,
      staysWhenClosed: () => !quitting.hasBegun(),
      onCreate(window) {
        links.attach(window.webContents);
        showContextMenus(window, words);
      },
      log,
    });
    showMenu(words, mainWindow);
    app.on('second-instance', () => mainWindow.show());
    app.on('activate', () => mainWindow.show());
    mainWindow.show();
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

function startEngine(words: Words, log: Log, onFailure: (error: unknown) => void): RunningEngine {
  return runEngine({
    profilePath: app.getPath('userData'),
    keychainService: app.getName(),
    deviceName: hostname(),
    connectivity: createConnectivity(),
    startDatabaseWorker,
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

function showMenu(words: Words, mainWindow: MainWindow): void {
  const template = appMenu({
    words,
    appName: app.getName(),
    isMac: process.platform === 'darwin',
    isPackaged: app.isPackaged,
    zoom: (step) => mainWindow.zoom(step),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
