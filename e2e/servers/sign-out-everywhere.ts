import { randomUUID } from 'node:crypto';
import { callRest, type RestRequest } from '@parley/server/testing/rest-client.ts';
import type { Identity } from '../people/person.ts';

/** What somebody does at another device when this one was lost: signs in there, and every other device out. */
export async function signOutEverywhere(url: string, { email, password }: Identity): Promise<void> {
  const ask = async (path: string, request: RestRequest) => {
    const { reply, text } = await callRest(url, path, request);
    if (!reply.ok) throw new Error(`${path} was refused: ${text}`);
    return reply.data;
  };
  const device = { deviceId: randomUUID(), name: 'A borrowed laptop', keeps: 'token' };
  const { tokens } = await ask('/api/auth/login', { body: { email, password, device } });
  const token = (tokens as { accessToken: string }).accessToken;
  const { sessions } = await ask('/api/sessions', { token });
  for (const { sessionId, isCurrent } of sessions as { sessionId: string; isCurrent: boolean }[]) {
    if (!isCurrent) await ask(`/api/sessions/${sessionId}`, { method: 'DELETE', token });
  }
  await ask('/api/auth/logout', { method: 'POST', token });
}
