import type { ConnectionView } from '../../../engine/api/views.ts';
import type { SignedInAccount } from '../../client/selectors.ts';

/** From what is well to what needs the person. */
const byGravity: readonly ConnectionView['kind'][] = [
  'current',
  'catching-up',
  'checking',
  'offline',
  'no-answer',
  'update-needed',
  'signed-out',
];

const gravityOf = ({ account }: SignedInAccount) => byGravity.indexOf(account.connection.kind);

/** The account that is furthest from its server; among equals the first. */
export function worstAccount(accounts: readonly SignedInAccount[]): SignedInAccount | undefined {
  return accounts.toSorted((a, b) => gravityOf(b) - gravityOf(a))[0];
}
