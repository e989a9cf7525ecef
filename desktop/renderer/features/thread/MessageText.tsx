import { useMemo } from 'react';
import type { TextPart } from './links.ts';
import { messageParts } from './message-parts.ts';

export interface MessageTextProps {
  text: string;
  /** Whose calls stand out. */
  calledName: string | undefined;
}

/** What a person wrote, as they wrote it: text and nothing else, except that addresses can be followed and calls stand out. */
export function MessageText({ text, calledName }: MessageTextProps) {
  const parts = useMemo(() => messageParts(text, calledName), [text, calledName]);
  return (
    <p dir="auto" className="text-message whitespace-pre-wrap [unicode-bidi:plaintext]">
      {parts.map((part, index) => {
        if (part.kind === 'text') return part.text;
        // The parts of a text never change places.
        if (part.kind === 'link') return <Link key={index} {...part} />;
        return (
          <strong key={index} className="font-bold">
            {part.text}
          </strong>
        );
      })}
    </p>
  );
}

function Link({ href, text }: Extract<TextPart, { kind: 'link' }>) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      dir="ltr"
      className="focus-ring rounded-sm text-primary underline decoration-1 underline-offset-2 hover:decoration-2"
    >
      {text}
    </a>
  );
}
