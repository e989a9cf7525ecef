import { avatarAngle, avatarTone, initialsOf } from './avatar-tone.ts';
import { classNames } from './class-names.ts';
import { PresenceDot } from './PresenceDot.tsx';

/** In pixels at the normal text size: list, header, thread and foot, members, details. */
export type AvatarSize = 44 | 34 | 32 | 28 | 72;

export interface AvatarProps {
  /** Decides tone and angle. */
  id: string;
  name: string;
  kind: 'person' | 'group';
  size: AvatarSize;
  isOnline?: boolean | undefined;
}

const rem = (pixels: number) => `${pixels / 16}rem`;

/** Decoration: the name always stands beside it, so it is hidden from assistive technology. */
export function Avatar({ id, name, kind, size, isOnline }: AvatarProps) {
  const tone = avatarTone(id);
  const angle = (avatarAngle(id) * Math.PI) / 180;
  const initialsSize = size * (size < 36 ? 0.4 : 0.36);
  return (
    <span
      aria-hidden="true"
      className="relative inline-block shrink-0 select-none"
      style={{ inlineSize: rem(size), blockSize: rem(size) }}
    >
      <span
        className={classNames(
          'relative flex size-full items-center justify-center overflow-hidden',
          kind === 'person' ? 'rounded-full' : 'rounded-[30%]',
        )}
        style={{ background: `var(--avatar-${tone}-bg)`, color: `var(--avatar-${tone}-fg)` }}
      >
        <svg viewBox="0 0 100 100" className="absolute inset-0 size-full" focusable="false">
          <circle
            cx={50 + 46 * Math.cos(angle)}
            cy={50 + 46 * Math.sin(angle)}
            r="46"
            style={{ fill: `var(--avatar-${tone}-arc)` }}
          />
        </svg>
        <span className="relative translate-y-[0.07em] leading-none font-[620]" style={{ fontSize: rem(initialsSize) }}>
          {initialsOf(name)}
        </span>
      </span>
      {isOnline === true && <PresenceDot avatarSize={size} />}
    </span>
  );
}
