/**
 * The closed list of error codes and what a client may do about each:
 * - `retry`: nothing is wrong with the request; send the same one again later (after `retryAfterMs` where given).
 * - `sign-in`: the session is gone; sign in again, then send the same request.
 * - `final`: the same request will never succeed; show it to the person.
 */
export const errorClasses = {
  // Passing trouble
  unavailable: 'retry',
  rate_limited: 'retry',
  timeout: 'retry',
  // The session
  unauthenticated: 'sign-in',
  token_expired: 'sign-in',
  session_revoked: 'sign-in',
  refresh_reused: 'sign-in',
  // Versions and addresses
  client_too_old: 'final',
  server_too_old: 'final',
  origin_not_allowed: 'final',
  // The request itself
  invalid_request: 'final',
  payload_too_large: 'final',
  unknown_operation: 'final',
  not_found: 'final',
  forbidden: 'final',
  intent_of_another: 'final',
  // Accounts
  wrong_credentials: 'final',
  email_taken: 'final',
  password_too_weak: 'final',
  registration_closed: 'final',
  // Contacts
  no_such_person: 'final',
  contact_is_self: 'final',
  discovery_off: 'final',
  // Conversations and messages
  not_a_member: 'final',
  group_full: 'final',
  not_a_group: 'final',
  message_too_long: 'final',
  reply_target_missing: 'final',
  // A defect on our side
  internal: 'retry',
} as const;

export type ErrorCode = keyof typeof errorClasses;
export type ErrorClass = (typeof errorClasses)[ErrorCode];

export const errorCodes = Object.keys(errorClasses) as ErrorCode[];

/** The class of a code; a code this version does not know counts as `final`, so that nothing is retried forever. */
export function errorClassOf(code: string): ErrorClass {
  return Object.hasOwn(errorClasses, code) ? errorClasses[code as ErrorCode] : 'final';
}
