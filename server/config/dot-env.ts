import { existsSync } from 'node:fs';

/** Takes a file called `.env` in the current folder into the environment; what is set already stays. */
export function loadDotEnv(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}
