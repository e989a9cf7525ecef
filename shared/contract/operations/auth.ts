import { z } from 'zod';
import { operation } from '../define.ts';
import { idSchema } from '../ids.ts';
import { wireLimits } from '../limits.ts';
import { accountSchema, emailSchema, nameSchema } from '../entities/profile.ts';

/**
 * The device a session is for. `deviceId` is minted once by the device and outlives its sessions.
 * `keeps` says where the refresh token goes: a browser gets it in an HttpOnly cookie, everything else in the body.
 */
const deviceSchema = z.object({
  deviceId: idSchema,
  name: z.string().trim().min(1).max(wireLimits.nameMaxChars),
  keeps: z.enum(['cookie', 'token']),
});

const refreshTokenSchema = z.string().min(20).max(200);

/** `refreshToken` is there only where the device keeps it itself. */
const tokensSchema = z.object({
  accessToken: z.string(),
  accessTokenExpiresInMs: z.int().positive(),
  refreshToken: refreshTokenSchema.optional(),
});

const signedInSchema = z.object({ account: accountSchema, sessionId: idSchema, tokens: tokensSchema });

/** Any characters; too short, too long and well-known ones are refused with `password_too_weak`. */
const newPasswordSchema = z.string().max(wireLimits.passwordMaxChars * 4);

export const register = operation({
  name: 'auth.register',
  summary: 'Makes an account and signs its first device in.',
  auth: 'none',
  overSocket: false,
  rest: { method: 'POST', path: '/api/auth/register' },
  input: z.object({ email: emailSchema, password: newPasswordSchema, name: nameSchema, device: deviceSchema }),
  output: signedInSchema,
  errors: ['email_taken', 'password_too_weak', 'registration_closed', 'origin_not_allowed'],
});

export const login = operation({
  name: 'auth.login',
  summary: 'Signs a device in.',
  auth: 'none',
  overSocket: false,
  rest: { method: 'POST', path: '/api/auth/login' },
  input: z.object({
    email: z.string().max(wireLimits.emailMaxChars),
    password: newPasswordSchema,
    device: deviceSchema,
  }),
  output: signedInSchema,
  errors: ['wrong_credentials', 'origin_not_allowed'],
});

export const refresh = operation({
  name: 'auth.refresh',
  summary: 'Trades the refresh token, from the body or the cookie, for a new pair. Each is good once.',
  auth: 'none',
  overSocket: false,
  rest: { method: 'POST', path: '/api/auth/refresh' },
  input: z.object({ refreshToken: refreshTokenSchema.optional() }),
  output: signedInSchema,
  errors: ['unauthenticated', 'session_revoked', 'refresh_reused', 'origin_not_allowed'],
});

export const logout = operation({
  name: 'auth.logout',
  summary: 'Ends this session; its sockets are closed.',
  auth: 'session',
  overSocket: false,
  rest: { method: 'POST', path: '/api/auth/logout' },
  input: z.object({}),
  output: z.object({}),
  errors: [],
});
