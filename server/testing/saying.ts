import type { ChildProcess } from 'node:child_process';

/** The first words of a child that match, or all it wrote, as a rejection, if it ends before. */
export function saying(child: ChildProcess, wanted: RegExp): { said(): string; match: Promise<RegExpExecArray> } {
  let said = '';
  const match = new Promise<RegExpExecArray>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = wanted.exec(said);
        if (found !== null) resolve(found);
      });
    child.once('close', () => reject(new Error(said)));
  });
  return { said: () => said, match };
}
