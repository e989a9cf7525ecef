import type { ErrorCode } from '@parley/shared/contract/errors.ts';
import type { OperationKey } from '@parley/shared/contract/registry.ts';
import type { Reply } from '@parley/shared/contract/reply.ts';

const statuses: Record<ErrorCode, number> = {
  unavailable: 503,
  rate_limited: 429,
  timeout: 504,
  unauthenticated: 401,
  token_expired: 401,
  session_revoked: 401,
  refresh_reused: 401,
  client_too_old: 426,
  server_too_old: 426,
  origin_not_allowed: 403,
  invalid_request: 400,
  payload_too_large: 413,
  unknown_operation: 404,
  not_found: 404,
  forbidden: 403,
  intent_of_another: 409,
  wrong_credentials: 401,
  email_taken: 409,
  password_too_weak: 422,
  registration_closed: 403,
  no_such_person: 404,
  contact_is_self: 422,
  discovery_off: 403,
  not_a_member: 403,
  group_full: 409,
  not_a_group: 409,
  message_too_long: 422,
  reply_target_missing: 409,
  internal: 500,
};

export function statusOfCode(code: ErrorCode): number {
  return statuses[code];
}

/** Load balancers look at the status alone, so a server that is not ready says so there too. */
export function statusOf(key: OperationKey, reply: Reply<unknown>): number {
  if (!reply.ok) return statuses[reply.error.code];
  if (key !== 'checkReady') return 200;
  return (reply.data as { status: string }).status === 'ok' ? 200 : 503;
}
