import { z } from 'zod';
import { operation } from '../define.ts';
import { counterSchema, idSchema } from '../ids.ts';
import { limitsSchema } from '../limits.ts';
import { openEnum } from '../open-enum.ts';
import { accountSchema } from '../entities/profile.ts';

const protocolSchema = z.object({ current: counterSchema, oldestAccepted: counterSchema });

/** Who the server is. `epoch` changes when its data was restored from a backup. */
const identity = { serverId: idSchema, epoch: idSchema, protocol: protocolSchema };

export const describeServer = operation({
  name: 'server.describe',
  summary: 'Who this server is, what it speaks and whether one may register; for the first run, before signing in.',
  auth: 'none',
  overSocket: false,
  rest: { method: 'GET', path: '/api/server' },
  input: z.object({}),
  output: z.object({ product: z.literal('parley'), ...identity, registration: openEnum(['open', 'closed'], 'closed') }),
  errors: [],
});

export const hello = operation({
  name: 'session.hello',
  summary: 'The first request on a socket: who the server is, its limits, and who is signed in.',
  auth: 'session',
  overSocket: true,
  input: z.object({}),
  output: z.object({ ...identity, limits: limitsSchema, account: accountSchema, sessionId: idSchema }),
  errors: [],
});

const healthSchema = z.object({ status: openEnum(['ok', 'failing', 'draining'], 'failing') });

export const checkLive = operation({
  name: 'health.live',
  summary: 'Whether the process runs.',
  auth: 'none',
  overSocket: false,
  rest: { method: 'GET', path: '/health/live' },
  input: z.object({}),
  output: healthSchema,
  errors: [],
});

export const checkReady = operation({
  name: 'health.ready',
  summary: 'Whether the process can serve: its storage answers and it is not draining. Answers 503 otherwise.',
  auth: 'none',
  overSocket: false,
  rest: { method: 'GET', path: '/health/ready' },
  input: z.object({}),
  output: healthSchema,
  errors: [],
});
