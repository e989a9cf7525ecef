import { createHash } from 'node:crypto';

/** The UUID of version 8 (RFC 9562) made of SHA-256 over both user ids in the order of their text: the same from either side. */
export function directConversationId(oneUserId: string, otherUserId: string): string {
  const pair = [oneUserId, otherUserId].toSorted().join('|');
  const bytes = createHash('sha256').update(`parley-direct|${pair}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
