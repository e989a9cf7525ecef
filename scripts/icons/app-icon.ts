import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../run-command.ts';
import { drawn, type Picture } from './picture.ts';

const mark = readFileSync(join(projectRoot, 'resources', 'icon.svg'), 'utf8');
/** The same mark without its margin and a fifth larger: what remains of it at 32 pixels and below. */
const smallMark = readFileSync(join(projectRoot, 'desktop', 'renderer', 'assets', 'favicon.svg'), 'utf8');

export function appIcon(size: number): Promise<Picture> {
  return drawn(size <= 32 ? smallMark : mark, size);
}
