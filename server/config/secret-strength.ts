import { createHash } from 'node:crypto';

const placeholders = /change.?me|secret.?key|your.?secret|default|example|password|super.?secret|placeholder/i;

/** A word why a secret that somebody made up is too weak; `null` where it will do. */
export function weaknessOf(secret: string): string | null {
  if (Buffer.byteLength(secret) < 32) return 'is shorter than 32 characters';
  if (new Set(secret).size < 12) return 'repeats too few different characters';
  if (placeholders.test(secret)) return 'looks like a placeholder';
  return null;
}

/** 32 bytes from a secret of any length, different for every purpose so that one secret given twice makes two keys. */
export function keyFrom(secret: string, purpose: string): Uint8Array {
  return createHash('sha256').update(`parley|${purpose}|`).update(secret, 'utf8').digest();
}
