import { drawn, type Picture } from './picture.ts';

export const trayStates = ['normal', 'unread', 'mention'] as const;
export type TrayState = (typeof trayStates)[number];

export interface TrayColours {
  mark: string;
  /** What waits for the person: the filled counter, or the dot beside a solid mark. */
  waiting: string;
}

export interface TraySize {
  size: number;
  /** Kept free on every side, in pixels. */
  margin: number;
}

/**
 * The mark of `resources/tray.svg` with every edge on a whole pixel of this size; the ring is as thick as the stem.
 * A scaled drawing is blurred at 20 and 24 pixels, where most trays show it.
 */
function fittedMark({ size, margin }: TraySize) {
  const unit = (size - 2 * margin) / 16;
  const stem = Math.round(2.85 * unit);
  const across = Math.round(10 * unit);
  const height = Math.round(13.5 * unit);
  const left = Math.round((size - across) / 2);
  const top = Math.round((size - height) / 2);
  const radius = across / 2;
  return { unit, stem, left, radius, centre: { x: left + radius, y: top + radius }, bottom: top + height };
}

function trayDrawing(state: TrayState, { mark, waiting }: TrayColours, traySize: TraySize): string {
  const { size } = traySize;
  const { unit, stem, left, radius, centre, bottom } = fittedMark(traySize);
  const foot = stem / 2;
  const dot = Math.round(5 * unit) / 2;
  const dotAt = `cx="${size - traySize.margin - dot}" cy="${traySize.margin + dot}"`;
  const counter = `cx="${centre.x}" cy="${centre.y}" r="${radius - stem}"`;
  const cut = (circle: string) => `<circle ${circle} fill="#000"/>`;

  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">
    <mask id="kept">
      <rect width="${size}" height="${size}" fill="#fff"/>
      ${state === 'normal' ? cut(counter) : ''}
      ${state === 'mention' ? cut(`${dotAt} r="${dot + Math.max(1, Math.round(1.2 * unit))}"`) : ''}
    </mask>
    <g mask="url(#kept)">
      <circle cx="${centre.x}" cy="${centre.y}" r="${radius}" fill="${mark}"/>
      <path d="M${left} ${centre.y}V${bottom - foot}a${foot} ${foot} 0 0 0 ${stem} 0V${centre.y}Z" fill="${mark}"/>
      ${state === 'unread' ? `<circle ${counter} fill="${waiting}"/>` : ''}
    </g>
    ${state === 'mention' ? `<circle ${dotAt} r="${dot}" fill="${waiting}"/>` : ''}
  </svg>`;
}

export function trayIcon(state: TrayState, colours: TrayColours, traySize: TraySize): Promise<Picture> {
  return drawn(trayDrawing(state, colours, traySize), traySize.size);
}
