import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { keyIdOf } from '../crypto/access-tokens.ts';

const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export interface GoodToken {
  key: Uint8Array;
  issuer: string;
  userId: string;
  sessionId: string;
  deviceId: string;
  nowMs: number;
}

type Claims = Record<string, unknown>;

/** 24 tokens that are wrong in one way each, made from what a good one is made of. */
export function badTokens(good: GoodToken): [what: string, token: string][] {
  const iat = Math.floor(good.nowMs / 1000);
  const header = { alg: 'HS256', typ: 'at+jwt', kid: keyIdOf(good.key) };
  const claims: Claims = {
    sid: good.sessionId,
    did: good.deviceId,
    iat,
    exp: iat + 900,
    aud: 'parley',
    iss: good.issuer,
    sub: good.userId,
  };
  const signed = (head: Claims, body: unknown, key: Uint8Array | string = good.key, hash = 'sha256') => {
    const text = `${part(head)}.${part(body)}`;
    return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`;
  };
  const without = (name: string) => Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
  const whole = signed(header, claims);
  const [head = '', body = '', mac = ''] = whole.split('.');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rsaText = `${part({ ...header, alg: 'RS256' })}.${part(claims)}`;
  const rsaToken = `${rsaText}.${signWith('sha256', Buffer.from(rsaText), rsa.privateKey).toString('base64url')}`;
  const stranger = '018f0000-0000-7000-8000-0000000000ff';
  return [
    ['nothing', ''],
    ['words', 'not a token'],
    ['two parts', `${head}.${body}`],
    ['no signature', `${head}.${body}.`],
    ['a signature cut short', whole.slice(0, -4)],
    ['another signature', `${head}.${body}.${Buffer.from(mac).reverse().toString('base64url')}`],
    ['a body changed afterwards', `${head}.${part({ ...claims, sub: stranger })}.${mac}`],
    ['a body that is not JSON', signed(header, 'not json')],
    ['alg none', `${part({ ...header, alg: 'none' })}.${body}.`],
    ['alg NONE, signed', signed({ ...header, alg: 'NONE' }, claims)],
    ['alg HS512', signed({ ...header, alg: 'HS512' }, claims, good.key, 'sha512')],
    ['alg RS256', rsaToken],
    ['another key', signed(header, claims, 'another key of thirty-two bytes!!')],
    ['an empty key', signed(header, claims, '')],
    ['an unknown key id', signed({ ...header, kid: 'elsewhere' }, claims)],
    ['no key id', signed({ alg: 'HS256', typ: 'at+jwt' }, claims)],
    ['another type', signed({ ...header, typ: 'JWT' }, claims)],
    ['another issuer', signed(header, { ...claims, iss: stranger })],
    ['another audience', signed(header, { ...claims, aud: 'elsewhere' })],
    ['no expiry', signed(header, without('exp'))],
    ['too long a life', signed(header, { ...claims, exp: iat + 86_400 })],
    ['issued in the future', signed(header, { ...claims, iat: iat + 3_600, exp: iat + 4_000 })],
    ['no subject', signed(header, without('sub'))],
    ['another person under this session', signed(header, { ...claims, sub: stranger })],
  ];
}
