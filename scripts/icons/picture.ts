import sharp from 'sharp';

/** A square picture: rows from the top, four bytes (red, green, blue, alpha) a pixel. */
export interface Picture {
  size: number;
  pixels: Buffer;
}

export async function drawn(svg: string, size: number): Promise<Picture> {
  const sized = svg.replace(/<svg [^>]*>/, (tag) =>
    tag.replace(/ (width|height)="[^"]*"/g, '').replace('<svg', `<svg width="${size}" height="${size}"`),
  );
  const pixels = await sharp(Buffer.from(sized)).ensureAlpha().raw().toBuffer();
  return { size, pixels };
}

export function asPng({ size, pixels }: Picture): Promise<Buffer> {
  return sharp(pixels, { raw: { width: size, height: size, channels: 4 } })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

export async function fromPng(png: Buffer): Promise<Picture> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  if (info.width !== info.height) throw new Error(`A picture of ${info.width} x ${info.height} is not square.`);
  return { size: info.width, pixels: data };
}
