import type { AccountView, ConnectionView } from '../../engine/api/views.ts';
import type { Words } from '../words/en.ts';

/** What needs a person most comes first. */
const urgency: ConnectionView['kind'][] = [
  'signed-out',
  'update-needed',
  'no-answer',
  'offline',
  'checking',
  'catching-up',
  'current',
];

const urgencyOf = ({ connection }: Pick<AccountView, 'connection'>) => urgency.indexOf(connection.kind);

/** How near this device is to its servers, in one line: of several accounts, the one that is furthest off. */
export function statusLine(
  accounts: readonly Pick<AccountView, 'connection' | 'serverAddress'>[],
  words: Words['status'],
  time: (at: number) => string,
): string {
  const [worst, ...others] = accounts.toSorted(
    (one, other) => urgencyOf(one) - urgencyOf(other) || since(one) - since(other),
  );
  if (worst === undefined) return words.signedOutEverywhere;
  const line = lineOf(worst.connection, words, time);
  const isShared = others.every(({ connection }) => connection.kind === worst.connection.kind);
  return isShared ? line : `${hostOf(worst.serverAddress)}: ${line}`;
}

function since({ connection }: Pick<AccountView, 'connection'>): number {
  return connection.kind === 'current' ? connection.asOf : 0;
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

function lineOf(connection: ConnectionView, words: Words['status'], time: (at: number) => string): string {
  switch (connection.kind) {
    case 'current':
      return words.current(time(connection.asOf));
    case 'catching-up':
      return connection.total === 0 ? words.catchingUpStart : words.catchingUp(connection.done, connection.total);
    case 'checking':
      return connection.asOf === undefined ? words.checkingFirst : words.checking(time(connection.asOf));
    case 'offline':
      return words.offline(time(connection.since));
    case 'no-answer':
      return words.noAnswer;
    case 'signed-out':
      return words.signedOut;
    case 'update-needed':
      return connection.which === 'client' ? words.clientTooOld : words.serverTooOld;
  }
}
