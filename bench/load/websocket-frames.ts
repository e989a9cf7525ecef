/** The frames of RFC 6455 that a Socket.IO client over websocket meets: whole text frames, and what closes. */

const textFrame = 0x81;
const closeOpcode = 0x8;
const maskedBit = 0x80;

/** Not zeros, which would spare the server the work of taking the mask off. */
const maskByte = 0x5a;

/** A client's frame; its text is ASCII. */
export function encodeFrame(text: string): Buffer {
  const { length } = text;
  const start = length < 126 ? 6 : 8;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = textFrame;
  if (length < 126) frame[1] = maskedBit | length;
  else {
    frame[1] = maskedBit | 126;
    frame.writeUInt16BE(length, 2);
  }
  frame.fill(maskByte, start - 4, start);
  for (let index = 0; index < length; index += 1) frame[start + index] = text.charCodeAt(index) ^ maskByte;
  return frame;
}

/** Hands on each text frame of a stream of bytes; answers false when the server closes. */
export class FrameReader {
  #rest: Buffer | undefined;
  readonly #onText: (text: string) => void;

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  read(chunk: Buffer): boolean {
    const bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    while (bytes.length - at >= 2) {
      const short = (bytes[at + 1] ?? 0) & 0x7f;
      let start = at + 2;
      if (short >= 126) start += short === 126 ? 2 : 8;
      if (bytes.length < start) break;
      const size =
        short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
      if (bytes.length < start + size) break;
      if (((bytes[at] ?? 0) & 0xf) === closeOpcode) return false;
      this.#onText(bytes.toString('latin1', start, start + size));
      at = start + size;
    }
    this.#rest = at === bytes.length ? undefined : bytes.subarray(at);
    return true;
  }
}
