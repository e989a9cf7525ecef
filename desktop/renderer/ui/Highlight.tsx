export interface HighlightProps {
  text: string;
  query: string;
}

/** Marks the first place where the words typed stand in a text. */
export function Highlight({ text, query }: HighlightProps) {
  const wanted = query.trim();
  const start = wanted === '' ? -1 : text.toLocaleLowerCase().indexOf(wanted.toLocaleLowerCase());
  if (start < 0) return text;
  const end = start + wanted.length;
  return (
    <>
      {text.slice(0, start)}
      <mark className="rounded-[0.1875rem] bg-[color-mix(in_oklab,var(--color-accent)_45%,transparent)] px-px text-inherit">
        {text.slice(start, end)}
      </mark>
      {text.slice(end)}
    </>
  );
}
