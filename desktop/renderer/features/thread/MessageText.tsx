import { useMemo } from 'react';
import { textParts } from './links.ts';

export interface MessageTextProps {
  text: string;
}

/** What a person wrote, as they wrote it: text and nothing else, except that addresses can be followed. */
export function MessageText({ text }: MessageTextProps) {
  const parts = useMemo(() => textParts(text), [text]);
  return (
    <p dir="auto" className="text-message whitespace-pre-wrap [unicode-bidi:plaintext]">
      {parts.map((part, index) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <a
            // The parts of a text never change places.
            key={index}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer"
            dir="ltr"
            className="focus-ring rounded-sm text-primary underline decoration-1 underline-offset-2 hover:decoration-2"
          >
            {part.text}
          </a>
        ),
      )}
    </p>
  );
}
