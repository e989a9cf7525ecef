import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { icnsSizes } from './icons/icns.ts';
import { fromPng, type Picture } from './icons/picture.ts';
import { iconFiles, iconFolders } from './icons/plan.ts';
import { projectRoot } from './run-command.ts';

const instead = '"npm run icons" draws them anew';

function readBitmap(size: number, image: Buffer): Picture {
  const pixels = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const [blue = 0, green = 0, red = 0, alpha = 0] = image.subarray(40 + ((size - 1 - row) * size + column) * 4);
      pixels.set([red, green, blue, alpha], (row * size + column) * 4);
    }
  }
  return { size, pixels };
}

function readIco(file: Buffer): Promise<Picture[]> {
  const entries = Array.from({ length: file.readUInt16LE(4) }, (_, index) =>
    file.subarray(6 + index * 16, 22 + index * 16),
  );
  return Promise.all(
    entries.map(async (entry) => {
      const offset = entry.readUInt32LE(12);
      const image = file.subarray(offset, offset + entry.readUInt32LE(8));
      return entry.readUInt8(0) === 0 ? fromPng(image) : readBitmap(entry.readUInt8(0), image);
    }),
  );
}

async function readIcns(file: Buffer): Promise<Picture[]> {
  expect(file.readUInt32BE(4)).toBe(file.length);
  const bySize = new Map<number, Picture>();
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    const picture = await fromPng(file.subarray(at + 8, at + file.readUInt32BE(at + 4)));
    bySize.set(picture.size, picture);
  }
  return [...bySize.values()];
}

async function readIcon(path: string): Promise<Picture[]> {
  const file = readFileSync(join(projectRoot, path));
  if (path.endsWith('.ico')) return readIco(file);
  if (path.endsWith('.icns')) return readIcns(file);
  return [await fromPng(file)];
}

function largestDifference(one: Buffer, other: Buffer): number {
  return one.reduce((largest, value, at) => Math.max(largest, Math.abs(value - (other[at] ?? 256))), 0);
}

test('every icon is there, and no other', () => {
  const present = iconFolders.flatMap((folder) => globSync(`${folder}/**/*.*`, { cwd: projectRoot }));
  const drawn = iconFiles
    .map(({ path }) => path)
    .filter((path) => iconFolders.some((folder) => path.startsWith(folder)));
  expect(present.map((path) => path.split(sep).join('/')).toSorted(), instead).toEqual(drawn.toSorted());
});

// A processor may round a colour otherwise.
test.each(iconFiles)('$path is what the script draws', async ({ path, draw }) => {
  const [drawn, kept] = [await draw(), await readIcon(path)];
  expect(kept.map(({ size }) => size)).toEqual(drawn.map(({ size }) => size));
  for (const [index, { size, pixels }] of drawn.entries()) {
    expect(
      largestDifference(pixels, kept[index]?.pixels ?? Buffer.alloc(0)),
      `${size} pixels: ${instead}`,
    ).toBeLessThan(4);
  }
});

describe('for each platform', () => {
  const template = iconFiles.filter(({ path }) => path.includes('Template'));

  test.each(template)('$path is black and transparency only', async ({ path }) => {
    const [picture] = await readIcon(path);
    const colours = picture?.pixels.filter((_, at) => at % 4 !== 3);
    expect(new Set(colours)).toEqual(new Set([0]));
    expect(picture?.size).toBe(path.includes('@2x') ? 36 : 18);
  });

  test('the three states of the tray differ in shape, not in colour alone', async () => {
    const shape = async (path: string) => {
      const [picture] = await readIcon(path);
      return picture?.pixels.filter((_, at) => at % 4 === 3).join(' ');
    };
    const paths = template.map(({ path }) => path).filter((path) => !path.includes('@2x'));
    const shapes = await Promise.all(paths.map(shape));
    expect(new Set(shapes).size).toBe(3);
  });

  test('the icon has no margin at 32 pixels and below, and one above', async () => {
    const pictures = await readIcon('build/icons/icon.ico');
    const hasMargin = ({ size, pixels }: Picture) => pixels[(size / 2) * 4 + 3] === 0;
    expect(pictures.filter(hasMargin).map(({ size }) => size)).toEqual([40, 48, 64, 128, 256]);
  });

  test('macOS finds every size up to 512 points at 2x', async () => {
    const pictures = await readIcon('build/icons/icon.icns');
    expect(pictures.map(({ size }) => size)).toEqual(icnsSizes);
    expect(icnsSizes).toEqual([32, 64, 128, 256, 512, 1024]);
  });
});
