// The server, restarted when its sources change, and the browser app from Vite's development server in front of it.
import { createServer } from 'vite';
import { endTogether, startServer } from './server-process.ts';

try {
  const server = startServer(['--watch', '--watch-preserve-output']);
  endTogether(server);
  process.env['PARLEY_DEV_SERVER'] = await server.address;
  const vite = await createServer({ configFile: 'vite.browser.config.ts' });
  await vite.listen();
  vite.printUrls();
  process.exitCode = await server.ended;
  await vite.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
