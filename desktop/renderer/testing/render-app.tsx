import { render, type RenderResult } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { onTestFinished } from 'vitest';
import { type ClientStore, createClientStore, followEngine } from '../client/follow-engine.ts';
import { createPreferences, type PreferencesStore } from '../client/preferences.ts';
import { ParleyApp } from '../features/app/ParleyApp.tsx';
import { languages, startI18n } from '../i18n/start-i18n.ts';
import { FakeEngine } from './fake-engine.ts';
import type { FakeShell } from './fake-shell.ts';
import { followShell } from '../client/shell/shell-store.ts';
import type { FakeOptions } from './fake-world.ts';

export interface RunningApp extends RenderResult {
  fake: FakeEngine;
  user: UserEvent;
  store: ClientStore;
  preferences: PreferencesStore;
}

/** 21 November 2026, 12:04, by the clock of the machine that runs the test. */
export const choirNow = new Date(2026, 10, 21, 12, 4, 31).getTime();

/** The whole app over a fake engine. `prepare` changes the engine before anything is drawn. */
export async function renderApp(
  options: FakeOptions & { language?: string; prepare?: (fake: FakeEngine) => void; shell?: FakeShell } = {},
): Promise<RunningApp> {
  const { language: code = 'en', prepare, shell, ...fakeOptions } = options;
  const fake = new FakeEngine({ now: choirNow, ...fakeOptions });
  prepare?.(fake);
  const store = createClientStore();
  const kept = new Map<string, string>();
  const preferences = createPreferences({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  });
  const language = languages.find((known) => known.code === code) ?? languages[0];
  if (!language) throw new Error('There are no languages');
  onTestFinished(followEngine(fake, store));
  const rendered = render(
    <ParleyApp
      engine={fake}
      store={store}
      i18n={startI18n(language)}
      preferences={preferences}
      shell={shell && followShell(shell)}
    />,
  );
  await rendered.findAllByRole('main');
  return { ...rendered, fake, store, preferences, user: userEvent.setup() };
}
