import { asPng, type Picture } from './picture.ts';

const directoryBytes = 6;
const entryBytes = 16;
const bitmapHeaderBytes = 40;

/** Below 256 pixels installers and older Windows code read bitmaps only: rows from the bottom, blue first, then an unused mask. */
function asBitmap({ size, pixels }: Picture): Buffer {
  const header = Buffer.alloc(bitmapHeaderBytes);
  header.writeUInt32LE(bitmapHeaderBytes, 0);
  header.writeInt32LE(size, 4);
  header.writeInt32LE(size * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const rows = Array.from({ length: size }, (_, row) => pixels.subarray(row * size * 4, (row + 1) * size * 4));
  const colours = Buffer.concat(rows.toReversed());
  for (let at = 0; at < colours.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = colours.subarray(at, at + 3);
    colours.set([blue, green, red], at);
  }
  const maskRowBytes = Math.ceil(size / 32) * 4;
  return Buffer.concat([header, colours, Buffer.alloc(maskRowBytes * size)]);
}

/** Several sizes of one picture in a Windows icon. */
export async function asIco(pictures: Picture[]): Promise<Buffer> {
  const directory = Buffer.alloc(directoryBytes + entryBytes * pictures.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pictures.length, 4);
  const images: Buffer[] = [];
  let offset = directory.length;
  for (const [index, picture] of pictures.entries()) {
    const image = picture.size < 256 ? asBitmap(picture) : await asPng(picture);
    const entry = directory.subarray(directoryBytes + index * entryBytes);
    entry.writeUInt8(picture.size % 256, 0);
    entry.writeUInt8(picture.size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(image.length, 8);
    entry.writeUInt32LE(offset, 12);
    images.push(image);
    offset += image.length;
  }
  return Buffer.concat([directory, ...images]);
}
