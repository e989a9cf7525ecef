import { createHash } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { idSchema } from '@parley/shared/contract/ids.ts';
import type { AccessTokens } from '../domain/accounts/ports.ts';

const type = 'at+jwt';
const audience = 'parley';
const lifetimeMs = 15 * 60_000;

const headerSchema = z.object({ alg: z.literal('HS256'), typ: z.literal(type), kid: z.string() });
const claimsSchema = z.object({ sub: idSchema, sid: idSchema, did: idSchema, iat: z.int(), exp: z.int() });

/** A key's id names it without telling anything about it. */
export function keyIdOf(key: Uint8Array): string {
  return createHash('sha256').update('parley-key-id').update(key).digest('base64url').slice(0, 12);
}

/**
 * Access tokens as RFC 9068 shapes them, signed by the first key; tokens of the others are still read, so that keys can be changed
 * without signing anybody out. `issuer` is the server's id: a token of another server is nothing here.
 */
export function createAccessTokens(keys: readonly Uint8Array[], issuer: string): AccessTokens {
  const byId = new Map(keys.map((key) => [keyIdOf(key), Buffer.from(key)]));
  const [signingKey] = keys;
  if (signingKey === undefined) throw new Error('There is no key to sign access tokens with');
  const keyid = keyIdOf(signingKey);

  return {
    lifetimeMs,
    sign({ userId, sessionId, deviceId }, at) {
      const iat = Math.floor(at / 1000);
      const claims = { sid: sessionId, did: deviceId, iat, exp: iat + lifetimeMs / 1000 };
      return jwt.sign(claims, Buffer.from(signingKey), {
        algorithm: 'HS256',
        header: { alg: 'HS256', typ: type, kid: keyid },
        issuer,
        audience,
        subject: userId,
      });
    },
    read(token, at) {
      try {
        const header = headerSchema.safeParse(jwt.decode(token, { complete: true })?.header);
        const key = header.success ? byId.get(header.data.kid) : undefined;
        if (key === undefined) return { kind: 'bad' };
        const clockTimestamp = Math.floor(at / 1000);
        const verified = jwt.verify(token, key, { algorithms: ['HS256'], issuer, audience, clockTimestamp });
        const { sub, sid, did, iat, exp } = claimsSchema.parse(verified);
        if ((exp - iat) * 1000 > lifetimeMs || iat > clockTimestamp + 60) return { kind: 'bad' };
        return { kind: 'good', claims: { userId: sub, sessionId: sid, deviceId: did } };
      } catch (error) {
        return { kind: error instanceof jwt.TokenExpiredError ? 'expired' : 'bad' };
      }
    },
  };
}
