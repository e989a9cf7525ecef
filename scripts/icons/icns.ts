import { asPng, type Picture } from './picture.ts';

/**
 * The names of Apple's icon format for a PNG of so many pixels, at 1x and at 2x. Its two for 16 and 32 pixels at 1x are
 * left out: macOS shows a PNG in them wrongly as an app's icon, and takes 16 points at 2x instead.
 */
const kinds: Record<number, string[]> = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

export const icnsSizes = Object.keys(kinds).map(Number);

function chunk(kind: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(kind, 'ascii');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}

/** Several sizes of one picture in a macOS icon. */
export async function asIcns(pictures: Picture[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (const picture of pictures) {
    const png = await asPng(picture);
    for (const kind of kinds[picture.size] ?? []) chunks.push(chunk(kind, png));
  }
  return chunk('icns', Buffer.concat(chunks));
}
