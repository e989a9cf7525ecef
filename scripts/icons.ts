// Draws every icon from resources/icon.svg, its small variant and the tray's mark. The results are kept in the repository.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { iconFiles, iconFolders } from './icons/plan.ts';
import { projectRoot } from './run-command.ts';

for (const folder of iconFolders) rmSync(join(projectRoot, folder), { recursive: true, force: true });
for (const { path, draw, write } of iconFiles) {
  const file = join(projectRoot, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await write(await draw()));
}
console.log(`${iconFiles.length} icons drawn.`);
