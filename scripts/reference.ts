// Writes what documents the server's variables and metrics, from them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeExample, writeReference } from '../server/config/reference.ts';
import { writeMetricsReference } from '../server/metrics/reference.ts';
import { projectRoot } from './run-command.ts';

const written = {
  'docs/configuration.md': writeReference(),
  '.env.example': writeExample(),
  'docs/metrics.md': writeMetricsReference(),
};
for (const [path, text] of Object.entries(written)) writeFileSync(join(projectRoot, path), text);
