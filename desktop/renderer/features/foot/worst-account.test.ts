import { describe, expect, it } from 'vitest';
import type { ConnectionView } from '../../../engine/api/views.ts';
import { me } from '../../testing/choir.ts';
import { worstAccount } from './worst-account.ts';

const account = (key: string, connection: ConnectionView) => ({ key, account: { ...me, connection } });
const current = { kind: 'current', asOf: 1 } as const;

describe('of several accounts the foot speaks of', () => {
  it('the one that needs the person most', () => {
    const offline = account('offline', { kind: 'offline', since: 1 });
    const signedOut = account('signed-out', { kind: 'signed-out' });
    const noAnswer = account('no-answer', { kind: 'no-answer', retryAt: 1 });
    expect(worstAccount([account('current', current), offline, signedOut, noAnswer])).toBe(signedOut);
  });

  it('the first where all are well', () => {
    expect(worstAccount([account('a', current), account('b', current)])?.key).toBe('a');
    expect(worstAccount([])).toBeUndefined();
  });
});
