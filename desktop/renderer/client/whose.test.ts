import { expect, it } from 'vitest';
import { me } from '../testing/choir.ts';
import { accountLabels } from './whose.ts';

const account = (key: string, serverAddress: string, email: string) => {
  return { key, account: { ...me, serverAddress, email, connection: { kind: 'signed-out' as const } } };
};

it('accounts are told apart by their server, and on one server by the email', () => {
  const labels = accountLabels([
    account('a', 'chat.example', 'maud@example'),
    account('b', 'chat.example', 'office@example'),
    account('c', 'parley.example', 'maud@example'),
  ]);
  expect([...labels.values()]).toEqual(['maud@example', 'office@example', 'parley.example']);
});
