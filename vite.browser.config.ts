// The browser build: the same renderer as the desktop app's, with its engine in the page. Served by the server.
import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { cssImagesAsFiles } from './scripts/css-images.ts';
import { strictPage } from './scripts/strict-page.ts';

const renderer = join(import.meta.dirname, 'desktop', 'renderer');
const server = process.env['PARLEY_DEV_SERVER'];

export default defineConfig({
  root: renderer,
  plugins: [react(), tailwindcss(), cssImagesAsFiles(), strictPage('entries/browser.html')],
  build: {
    outDir: join(import.meta.dirname, 'dist', 'browser'),
    emptyOutDir: true,
    // The server's Content-Security-Policy knows neither data: URLs nor inline code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    // The app is one bundle: all of it is needed before anything can be shown.
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: { input: join(renderer, 'entries', 'browser.html') },
  },
  server: {
    strictPort: true,
    ...(server === undefined
      ? {}
      : {
          proxy: {
            '/api': { target: server },
            '/health': { target: server },
            '/media': { target: server },
            '/socket.io': { target: server, ws: true },
          },
        }),
  },
});
