import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

export interface FrameHead {
  processId: string;
  /** Counts what the process has published, from 1. */
  number: number;
  kind: string;
  about: string;
}

const ivBytes = 12;
const tagBytes = 16;
const newline = 0x0a;

/**
 * A frame is a line `<process> <number> <kind> <about>` and a sealed body: whoever it does not concern drops it by the line. Each process
 * seals with a key of its own, derived from its id, which no other start has; so the frame's number is nonce enough.
 */
export class FrameCodec {
  readonly #secret: Uint8Array;
  readonly #keys = new Map<string, Uint8Array>();

  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  encode({ processId, number, kind, about }: FrameHead, body: unknown): Buffer {
    const head = Buffer.from(`${processId} ${number} ${kind} ${about}\n`);
    const cipher = createCipheriv('aes-256-gcm', this.#keyOf(processId), nonceOf(number));
    cipher.setAAD(head);
    const sealed = cipher.update(JSON.stringify(body), 'utf8');
    return Buffer.concat([head, sealed, cipher.final(), cipher.getAuthTag()]);
  }

  /** `null`: not a frame. */
  headOf(frame: Buffer): FrameHead | null {
    const end = frame.indexOf(newline);
    const [processId, number, kind, about] = frame.toString('latin1', 0, Math.max(end, 0)).split(' ');
    if (!processId || !kind || about === undefined) return null;
    return { processId, number: Number(number), kind, about };
  }

  /** Throws where it was not sealed by a process that has the secret. */
  bodyOf(frame: Buffer, { processId, number }: FrameHead): unknown {
    const start = frame.indexOf(newline) + 1;
    const decipher = createDecipheriv('aes-256-gcm', this.#keyOf(processId), nonceOf(number));
    decipher.setAAD(frame.subarray(0, start));
    decipher.setAuthTag(frame.subarray(-tagBytes));
    const text = decipher.update(frame.subarray(start, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    return JSON.parse(text);
  }

  forget(processId: string): void {
    this.#keys.delete(processId);
  }

  #keyOf(processId: string): Uint8Array {
    let key = this.#keys.get(processId);
    if (key === undefined) {
      key = new Uint8Array(hkdfSync('sha256', this.#secret, '', `parley|peers|${processId}`, 32));
      this.#keys.set(processId, key);
    }
    return key;
  }
}

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(ivBytes);
  nonce.writeBigUInt64BE(BigInt(number), ivBytes - 8);
  return nonce;
}
