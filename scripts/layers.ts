// Checks who imports whom, by the table in layers/table.ts.
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { violationsIn } from './layers/check.ts';
import { projectRoot } from './run-command.ts';

const files = globSync('{shared,server,desktop,e2e,bench}/**/*.{ts,tsx}', {
  cwd: projectRoot,
  exclude: (path) => path.includes('node_modules'),
});

const violations = files.flatMap((file) =>
  violationsIn({ path: file.split(sep).join('/'), source: readFileSync(join(projectRoot, file), 'utf8') }),
);

for (const violation of violations) console.error(violation);
console.log(`${files.length} files, ${violations.length} forbidden imports`);
process.exitCode = violations.length === 0 ? 0 : 1;
