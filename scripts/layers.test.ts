import { describe, expect, test } from 'vitest';
import { violationsIn } from './layers/check.ts';

const objectionsTo = (path: string, ...lines: string[]): string[] => violationsIn({ path, source: lines.join('\n') });

describe('allowed', () => {
  test.each([
    ['shared/contract/ids.ts', 'zod'],
    ['shared/contract/registry.ts', './ids.ts'],
    ['desktop/engine/outbox/outbox.ts', '@parley/shared/contract/ids.ts'],
    ['desktop/engine/outbox/outbox.ts', '../ports/clock.ts'],
    ['desktop/engine/sync/sync.test.ts', '@parley/server/testing/start-test-server.ts'],
    ['desktop/engine/testing/world.ts', 'node:os'],
    ['desktop/hosts/browser/socket.ts', 'socket.io-client'],
    ['desktop/hosts/electron/vault.ts', 'keytar'],
    ['desktop/main/main.ts', '../hosts/electron/vault.ts'],
    ['desktop/preload/preload.ts', 'electron'],
    ['desktop/renderer/features/inbox.tsx', '../../engine/api/engine-api.ts'],
    ['desktop/renderer/features/inbox.tsx', '@parley/shared/contract/entities/message.ts'],
    ['desktop/renderer/entries/browser.tsx', '../../hosts/browser/host.ts'],
    ['desktop/renderer/entries/browser.tsx', './browser.css?url'],
    ['server/create-server.ts', './storage/sqlite/sqlite-storage.ts'],
    ['server/domain/messages/send-message.ts', '../../storage/port/storage.ts'],
    ['server/transport/http/routes.ts', '../../domain/domain.ts'],
    ['server/storage/sqlite/sqlite-storage.test.ts', '../conformance/suite.ts'],
    ['e2e/two-people.spec.ts', '@parley/server/testing/start-test-server.ts'],
    ['e2e/playwright.config.ts', '../scripts/chromium.ts'],
  ])('%s may import %s', (path, specifier) => {
    expect(objectionsTo(path, `import '${specifier}';`)).toEqual([]);
  });
});

describe('forbidden', () => {
  test.each([
    ['shared/contract/ids.ts', 'uuid', 'must not import the package uuid'],
    ['shared/contract/ids.ts', 'fs', "must not import Node's own modules (fs)"],
    ['desktop/engine/outbox/outbox.ts', 'node:fs', 'desktop/engine/ports'],
    ['desktop/engine/outbox/outbox.ts', '../../hosts/browser/clock.ts', 'desktop/engine/ports'],
    ['desktop/engine/outbox/outbox.ts', '@parley/server/domain/domain.ts', 'desktop/engine/ports'],
    ['desktop/engine/sync/sync.test.ts', '@parley/server/domain/domain.ts', 'server/testing'],
    ['desktop/hosts/browser/socket.ts', '../../engine/outbox/outbox.ts', 'the entry'],
    ['desktop/hosts/browser/vault.ts', 'keytar', 'package keytar'],
    ['desktop/main/main.ts', '../renderer/ui/button.tsx', 'desktop/renderer'],
    ['desktop/main/main.ts', '../hosts/browser/host.ts', 'must not import desktop/hosts/browser/host.ts'],
    ['desktop/preload/preload.ts', '../engine/outbox/outbox.ts', 'desktop/engine/api'],
    ['desktop/renderer/features/inbox.tsx', '../../engine/store/store.ts', 'desktop/engine/api'],
    ['desktop/renderer/features/inbox.tsx', '@parley/shared/contract/operations/messages.ts', 'desktop/engine/api'],
    ['desktop/renderer/features/inbox.tsx', '../../hosts/browser/host.ts', 'entries/'],
    ['desktop/renderer/features/inbox.tsx', 'electron', 'package electron'],
    ['desktop/renderer/features/inbox.tsx', 'socket.io-client/dist/x.js', 'package socket.io-client'],
    ['desktop/renderer/features/inbox.tsx', '../testing/fake-engine.ts', 'test code'],
    ['server/create-server.ts', '@parley/desktop/engine/api/views.ts', 'shared/contract'],
    ['server/domain/messages/send-message.ts', '../../storage/sqlite/sqlite-storage.ts', 'interface'],
    ['server/domain/messages/send-message.ts', 'bcryptjs', 'interface'],
    ['server/storage/sqlite/sqlite-messages.ts', '../../domain/domain.ts', 'server/storage/port'],
    ['server/transport/http/routes.ts', '../../storage/port/storage.ts', 'one domain call'],
    ['server/testing/start-test-server.ts', '@parley/desktop/engine/api/views.ts', 'contract'],
    ['e2e/two-people.spec.ts', '@parley/server/domain/domain.ts', 'server/testing'],
    ['e2e/two-people.spec.ts', '../server/testing/seed.ts', "Import '@parley/server/testing/seed.ts'"],
    ['server/domain/clock.ts', '../../shared/contract/ids.ts', "Import '@parley/shared/contract/ids.ts'"],
    ['server/main.ts', '../scripts/run-command.ts', 'must not leave its package'],
  ])('%s must not import %s', (path, specifier, said) => {
    expect(objectionsTo(path, `import '${specifier}';`)).toEqual([expect.stringContaining(said)]);
  });
});

test('every way to name a module counts, and is told with its line', () => {
  const lines = [
    `import type { A } from 'fs';`,
    `export * from 'fs';`,
    `export { b } from 'fs';`,
    `const c = () => import('fs');`,
    `type D = import('fs').Stats;`,
  ];
  const found = objectionsTo('desktop/engine/a.ts', ...lines).map((text) => text.split(': ')[0]);
  expect(found).toEqual([1, 2, 3, 4, 5].map((line) => `desktop/engine/a.ts:${line}`));
});

test('text that only looks like an import is left alone', () => {
  expect(objectionsTo('desktop/engine/a.ts', `const a = "import 'fs'"; // import 'fs'`)).toEqual([]);
});
