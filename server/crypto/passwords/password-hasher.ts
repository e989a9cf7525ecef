import { createHmac, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { PasswordHasher } from '../../domain/accounts/ports.ts';
import { createBcryptPool } from './bcrypt-pool.ts';

export interface PasswordHasherOptions {
  pepper: Uint8Array;
  /** The binary logarithm of the rounds. */
  cost: number;
  lanes?: number;
  maxWaiting?: number;
}

/**
 * bcrypt reads 72 bytes and stops at a zero byte. So it gets 64 characters that depend on the whole password and on a key that is not
 * in the database: a stolen database alone cannot be guessed at.
 */
export function createPasswordHasher(options: PasswordHasherOptions): PasswordHasher & { close(): Promise<void> } {
  const lanes = options.lanes ?? Math.max(1, Math.min(4, availableParallelism() - 1));
  const pool = createBcryptPool({ lanes, maxWaiting: options.maxWaiting ?? 200 });
  const condense = (password: string) => createHmac('sha384', options.pepper).update(password, 'utf8').digest('base64');

  const hash = async (password: string) =>
    String(await pool.run({ kind: 'hash', secret: condense(password), cost: options.cost }));

  let decoy: Promise<string> | null = null;
  const decoyHash = () => {
    decoy ??= hash(randomBytes(32).toString('base64')).catch((error: unknown) => {
      decoy = null;
      throw error;
    });
    return decoy;
  };

  return {
    hash,
    async verify(password, stored) {
      // Made by whoever comes first, known or not, so that it shows nothing about either.
      const decoyed = await decoyHash();
      const against = stored ?? decoyed;
      const isSame = await pool.run({ kind: 'verify', secret: condense(password), hash: against });
      return stored !== null && isSame === true;
    },
    close: () => pool.close(),
  };
}
