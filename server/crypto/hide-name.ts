import { createHmac } from 'node:crypto';
import type { HideName } from '../domain/accounts/ports.ts';

export function createHideName(key: Uint8Array): HideName {
  return (name) => createHmac('sha256', key).update(name, 'utf8').digest('base64url');
}
