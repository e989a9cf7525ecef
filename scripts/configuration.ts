// Writes what documents the server's variables, from the variables.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeExample, writeReference } from '../server/config/reference.ts';
import { projectRoot } from './run-command.ts';

writeFileSync(join(projectRoot, 'docs/configuration.md'), writeReference());
writeFileSync(join(projectRoot, '.env.example'), writeExample());
