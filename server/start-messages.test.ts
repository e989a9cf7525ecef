import { expect, test } from 'vitest';
import { startMessages } from './start-messages.ts';

const local = { host: '127.0.0.1', dataDir: '/data', publicUrl: undefined, registration: 'open' } as const;

test('names the address and the data', () => {
  expect(startMessages(local, { url: 'http://localhost:7440', port: 7440 })).toEqual([
    'Parley is ready at http://localhost:7440 (data in /data)',
  ]);
});

test('names what other machines reach, and says when nobody can register', () => {
  const config = { ...local, host: '0.0.0.0', registration: 'closed' } as const;
  const [, network, registration] = startMessages(config, {
    url: 'http://localhost:7440',
    port: 7440,
    networkAddress: '192.0.2.7',
  });
  expect(network).toMatch(/^Other machines reach it at http:\/\/192\.0\.2\.7:7440;/);
  expect(registration).toMatch(/^Nobody can register: set PARLEY_REGISTRATION=open /);
});

test('behind a public address, says where it listens itself', () => {
  const url = 'https://chat.example.org';
  expect(startMessages({ ...local, host: '::1', publicUrl: url }, { url, port: 7440 })[1]).toBe(
    'It listens on [::1]:7440',
  );
});
