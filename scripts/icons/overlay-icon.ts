import { drawn, type Picture } from './picture.ts';

/** Strokes in a box 6 wide and 9 high: fonts differ between machines. */
const digits: Record<string, string> = {
  1: 'M1 2.1 3.6.4V9',
  2: 'M.5 2.8C.5 1.4 1.6.4 3 .4s2.5 1 2.5 2.3c0 1.4-1 2.3-2 3.3L.5 9h5.2',
  3: 'M.6 2C1 1 1.900.4 3 .4c1.500 0 2.500.9 2.500 2.100S4.500 4.500 3 4.500c1.600 0 2.700.9 2.700 2.200S4.600 9 3 9C1.800 9 .8 8.400.4 7.300',
  4: 'M4.400 9V.4L.3 6.500h5.700',
  5: 'M5.300.4H1.400L.9 4.300C1.500 3.800 2.200 3.500 3 3.500c1.600 0 2.700 1.200 2.700 2.700S4.600 9 3 9C1.900 9 1 8.500.5 7.600',
  6: 'M4.600.4C2.200 1.700.4 3.800.4 6.300a2.600 2.700 0 1 0 5.200 0 2.600 2.700 0 1 0-5.200 0',
  7: 'M.3.4h5.400L2.300 9',
  8: 'M3 .4a2.200 2 0 1 1 0 4 2.200 2 0 1 1 0-4ZM3 4.400a2.600 2.300 0 1 1 0 4.600 2.600 2.300 0 1 1 0-4.600Z',
  9: 'M1.400 9C3.800 7.700 5.600 5.600 5.600 3.100A2.600 2.700 0 1 0 .4 3.100a2.600 2.700 0 1 0 5.200 0',
};
const plus = 'M7.300 4.700h4.200M9.400 2.600v4.200';

const accent = '#f0b74c';
const accentContent = '#3b2506';

function overlayDrawing(count: string): string {
  const digit = digits[count.charAt(0)];
  if (digit === undefined) throw new Error(`No drawing for "${count}"`);
  const isMore = count.endsWith('+');
  const [scale, left, top] = isMore ? [0.86, 2.95, 4] : [1, 5, 3.3];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
    <circle cx="8" cy="8" r="8" fill="${accent}"/>
    <path transform="translate(${left} ${top}) scale(${scale})" d="${digit}${isMore ? plus : ''}" fill="none"
      stroke="${accentContent}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>
  </svg>`;
}

export const overlayCounts = [...Object.keys(digits), '9+'];

/** The unread count that Windows lays over the button in the taskbar. */
export function overlayIcon(count: string, size: number): Promise<Picture> {
  return drawn(overlayDrawing(count), size);
}
