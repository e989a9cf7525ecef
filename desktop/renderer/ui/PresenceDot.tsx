export interface PresenceDotProps {
  avatarSize: number;
}

/** Sits on the lower end corner of an avatar; the ring takes the colour of what lies behind (`--behind`). */
export function PresenceDot({ avatarSize }: PresenceDotProps) {
  const size = avatarSize >= 44 ? 12 : 11;
  return (
    <span
      className="absolute rounded-full border-2 bg-success"
      data-presence="online"
      style={{
        inlineSize: `${size / 16}rem`,
        blockSize: `${size / 16}rem`,
        insetInlineEnd: '-0.0625rem',
        insetBlockEnd: '-0.0625rem',
        borderColor: 'var(--behind, var(--color-base-100))',
      }}
    />
  );
}
