import type { SessionRecord } from '../../storage/port/records.ts';
import type { RefreshMac } from './ports.ts';

/** `<session>.<generation>.<mac>`: the mac proves that the server made it, the generation how old it is. */
export interface ParsedRefreshToken {
  sessionId: string;
  generation: number;
  mac: string;
}

const shape = /^([0-9a-f-]{36})\.(\d{1,9})\.([A-Za-z0-9_-]{43})$/;

export function parseRefreshToken(token: string): ParsedRefreshToken | null {
  const [, sessionId, generation, mac] = shape.exec(token) ?? [];
  if (sessionId === undefined || generation === undefined || mac === undefined) return null;
  return { sessionId, generation: Number(generation), mac };
}

export function makeRefreshToken(
  session: Pick<SessionRecord, 'sessionId' | 'seed'>,
  generation: number,
  macs: RefreshMac,
): string {
  return `${session.sessionId}.${generation}.${macs.sign(session.sessionId, generation, session.seed)}`;
}
