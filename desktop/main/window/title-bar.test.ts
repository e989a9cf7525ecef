import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lightsPosition, titleBar, titleBarOverlay, windowBackground } from './title-bar.ts';

test('macOS draws its lights inside the header of the list', () => {
  expect(titleBar('mac', false, 1)).toEqual({ titleBarStyle: 'hiddenInset', trafficLightPosition: { x: 20, y: 20 } });
  expect(titleBarOverlay('mac', true, 1)).toBeUndefined();
});

test.each(['windows', 'linux'] as const)('%s draws its buttons over the header of the thread', (platform) => {
  expect(titleBar(platform, false, 1)).toMatchObject({ titleBarStyle: 'hidden', titleBarOverlay: { height: 51 } });
});

test('what the system draws stays within the headers when the page is zoomed', () => {
  expect([0.5, 1.2, 2].map((zoom) => titleBarOverlay('linux', false, zoom)?.height)).toEqual([25, 61, 103]);
  expect([0.5, 1.2, 2].map((zoom) => lightsPosition(zoom).y)).toEqual([7, 25, 46]);
});

const theme = readFileSync(join(import.meta.dirname, '../../renderer/styles/theme.css'), 'utf8');

/** The colour of a token in sRGB, for what CSS cannot reach. */
function colourOf(name: 'light' | 'dark', token: string): string {
  const block = theme.slice(theme.indexOf(`name: 'parley-${name}'`));
  const found = new RegExp(`--color-${token}: oklch\\(([\\d.]+)% ([\\d.]+) ([\\d.]+)\\)`).exec(block) ?? [];
  const [lightness = 0, chroma = 0, hue = 0] = found.slice(1).map(Number);
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const base = lightness / 100;
  const long = (base + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (base - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (base - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
  const encoded = linear.map((part) => (part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055));
  return `#${encoded
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

test.each(['light', 'dark'] as const)('the colours are those of the %s theme', (name) => {
  const isDark = name === 'dark';
  expect(titleBarOverlay('linux', isDark, 1)).toMatchObject({
    color: colourOf(name, 'base-100'),
    symbolColor: colourOf(name, 'ink-2'),
  });
  expect(windowBackground(isDark)).toBe(colourOf(name, 'base-200'));
});
