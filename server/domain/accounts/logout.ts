import type { AccountAnswers } from './account-answers.ts';
import type { EndSession } from './end-session.ts';

export function createLogout(end: EndSession): AccountAnswers['logout'] {
  return async (caller, _input, origin) => {
    await end(caller.sessionId, 'session_revoked', 'Signed out');
    origin.cookie.clear();
    return {};
  };
}
