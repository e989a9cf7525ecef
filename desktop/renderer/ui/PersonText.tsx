import type { ComponentProps } from 'react';

/** Words a person chose (names, titles, previews): their direction is their own, and they are always text. */
export function PersonText(props: ComponentProps<'bdi'>) {
  return <bdi dir="auto" {...props} />;
}
