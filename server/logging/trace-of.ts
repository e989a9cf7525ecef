/** What may be said in a log about a defect: its kind and where, never its message, which may quote what a person wrote. */
export function traceOf(error: unknown): { kind: string; code?: string; frames: string[] } {
  if (!(error instanceof Error)) return { kind: typeof error, frames: [] };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? { kind: error.name, code, frames } : { kind: error.name, frames };
}
