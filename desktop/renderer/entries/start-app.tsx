import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { EngineApi } from '../../engine/api/engine-api.ts';
import type { Shell } from '../client/shell/shell-store.ts';
import { createClientStore, followEngine } from '../client/follow-engine.ts';
import { applyTheme, createPreferences } from '../client/preferences.ts';
import { applyPlatform } from '../client/shell/apply-platform.ts';
import { StartFailure } from '../features/app/StartFailure.tsx';
import { ParleyApp } from '../features/app/ParleyApp.tsx';
import { applyLanguage, chooseLanguage, type Language, languages, startI18n } from '../i18n/start-i18n.ts';
import '../styles/app.css';

export interface AppOptions {
  /** Beside those of the product; the tests add one that reads from right to left. */
  moreLanguages?: readonly Language[];
  /** The desktop app around the page. */
  shell?: Shell;
}

/** An engine that answers once the real one has started. */
function whenStarted(starting: Promise<EngineApi>): EngineApi {
  return {
    call: async (command, input) => (await starting).call(command, input),
    subscribe: async (onBatch) => (await starting).subscribe(onBatch),
  };
}

/** Draws the app into `#root`, in the person's language and theme, at once; it fills when the engine has started. */
export function startApp(
  engineOrStart: EngineApi | Promise<EngineApi>,
  { moreLanguages = [], shell }: AppOptions = {},
): void {
  const root = document.querySelector('#root');
  if (!root) throw new Error('The page has no #root');
  const available = [...languages, ...moreLanguages];
  const preferences = createPreferences(window.localStorage);
  const wanted = () => {
    const { language } = preferences.getState();
    return chooseLanguage(language === undefined ? navigator.languages : [language], available);
  };
  const i18n = startI18n(wanted(), available);
  const apply = () => {
    const { theme } = preferences.getState();
    applyTheme(document, theme);
    void shell?.ask('showTheme', { theme });
    applyLanguage(document, wanted());
    if (i18n.language !== wanted().code) void i18n.changeLanguage(wanted().code);
  };
  apply();
  preferences.subscribe(apply);
  if (shell) applyPlatform(document, shell);

  const starting = Promise.resolve(engineOrStart);
  const engine = whenStarted(starting);
  const store = createClientStore();
  const page = createRoot(root);
  starting.then(
    () => followEngine(engine, store),
    (reason: unknown) => {
      console.error(reason);
      page.render(<StartFailure i18n={i18n} />);
    },
  );
  page.render(
    <StrictMode>
      <ParleyApp engine={engine} store={store} i18n={i18n} preferences={preferences} shell={shell} />
    </StrictMode>,
  );
}
