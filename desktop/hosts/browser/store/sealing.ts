/** A value as it lies on the disk. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

/** Where a record lies; sealed along, so that a record moved elsewhere does not open. */
export type Place = readonly (string | number)[];

/** Seals what one account keeps. */
export interface Sealing {
  /** Copies the value before it returns. Rejects what cannot be written as JSON. */
  seal(place: Place, value: unknown): Promise<Sealed>;
  /** Rejects when the record was changed, moved, or sealed with another key. */
  open(place: Place, sealed: Sealed): Promise<unknown>;
}

const ivBytes = 12;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * AES-GCM with a random 96-bit iv per record (NIST SP 800-38D, 8.2.2: good for 2^32 records under one key). The place is JSON, so that
 * no two places are written alike.
 */
export function createSealing(key: CryptoKey, accountKey: string): Sealing {
  const algorithm = (place: Place, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
    name: 'AES-GCM',
    iv,
    additionalData: encoder.encode(JSON.stringify([accountKey, ...place])),
  });
  return {
    async seal(place, value) {
      const plain = encoder.encode(JSON.stringify(value));
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
      return { iv, bytes: await crypto.subtle.encrypt(algorithm(place, iv), key, plain) };
    },
    async open(place, { iv, bytes }) {
      const plain = await crypto.subtle.decrypt(algorithm(place, iv), key, bytes);
      return JSON.parse(decoder.decode(plain)) as unknown;
    },
  };
}
