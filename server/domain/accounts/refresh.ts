import type { SessionRecord } from '../../storage/port/records.ts';
import { DomainError } from '../domain-error.ts';
import type { AccountPorts } from './account-domain.ts';
import type { AccountAnswers } from './account-answers.ts';
import type { EndSession } from './end-session.ts';
import { issueTokens } from './issue-tokens.ts';
import { parseRefreshToken } from './refresh-token.ts';

const unknown = () => new DomainError('unauthenticated', 'Not a refresh token of this server');
const revoked = () => new DomainError('session_revoked', 'This session is over');

/**
 * A session's refresh token is the one of its generation. The one before it gets the same successor again while nobody has come with
 * what the successor opened (its answer was lost, perhaps for a night), and for a grace after that. Anything older, or later, proves that
 * two hold a copy: the session ends (S5).
 */
export function createRefresh(ports: AccountPorts, end: EndSession): AccountAnswers['refresh'] {
  const { clock, limits, refreshMac, storage } = ports;

  async function takeSuccessor(session: SessionRecord, generation: number): Promise<number> {
    const at = clock.now();
    const rotation = { sessionId: session.sessionId, expectedGeneration: generation, at };
    if (generation === session.generation && at < session.rotatedAt + settlesMs(session)) return generation;
    if (generation === session.generation && (await storage.sessions.rotate(rotation))) return generation + 1;
    // Another holder of this token may have been first: only what is stored now decides.
    const current = await storage.sessions.read(session.sessionId);
    if (current === null) throw unknown();
    if (current.revokedAt !== undefined) throw revoked();
    if (generation > current.generation) throw unknown();
    if (generation === current.generation) throw new DomainError('unavailable', 'Try again', 1_000);
    const isPrevious = generation === current.generation - 1;
    const isInGrace = Math.abs(at - current.rotatedAt) <= limits.refreshGraceMs;
    if (isPrevious && (isInGrace || !isSuccessorInUse(current))) return current.generation;
    await end(session.sessionId, 'refresh_reused', 'A refresh token of this session was used twice');
    throw new DomainError('refresh_reused', 'This refresh token was used before');
  }

  return async (origin, input) => {
    const fromCookie = input.refreshToken === undefined;
    const token = parseRefreshToken(input.refreshToken ?? origin.cookie.read() ?? '');
    const session = token === null ? null : await storage.sessions.read(token.sessionId);
    if (token === null || session === null) throw unknown();
    const expected = refreshMac.sign(session.sessionId, token.generation, session.seed);
    if (!refreshMac.isSame(token.mac, expected)) throw unknown();
    // A browser's token is good only where the browser put it: beside an origin that was checked.
    if (fromCookie !== (session.keeps === 'cookie')) throw unknown();
    if (session.revokedAt !== undefined) throw revoked();
    const generation = await takeSuccessor(session, token.generation);
    const [account] = await storage.accounts.readAccounts([session.userId]);
    if (account === undefined) throw unknown();
    return issueTokens(ports, origin, account, session, generation);
  };
}

/**
 * A session is seen when a socket comes with an access token, and when it goes; since the last rotation only the successor's holder has a new one. Until a
 * browser has it on its disk, a crash brings back the one before.
 */
function isSuccessorInUse(session: SessionRecord): boolean {
  return session.lastSeenAt >= session.rotatedAt + settlesMs(session);
}

/** Browsers keep a new cookie in memory for up to half a minute. A token is not replaced meanwhile, so that the disk is never two behind. */
function settlesMs({ keeps }: SessionRecord): number {
  return keeps === 'cookie' ? 60_000 : 0;
}
