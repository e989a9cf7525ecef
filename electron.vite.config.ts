import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { cssImagesAsFiles } from './scripts/css-images.ts';
import { listLicences } from './scripts/licences.ts';
import { strictPage } from './scripts/strict-page.ts';

const desktop = join(import.meta.dirname, 'desktop');

/** The only modules that are not bundled: they load a binary that lies beside their own code. */
const natives = ['better-sqlite3-multiple-ciphers', 'keytar'];

const manifestOf = (name: string) => join(import.meta.dirname, 'node_modules', name, 'package.json');

export default defineConfig({
  main: {
    plugins: [listLicences([...natives, 'electron'].map(manifestOf))],
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rolldownOptions: { input: join(desktop, 'main', 'main.ts'), external: natives },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: join(desktop, 'preload', 'preload.ts'),
        // A sandboxed preload is one CommonJS file; in a module package only `.cjs` says so.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: join(desktop, 'renderer'),
    plugins: [
      react(),
      tailwindcss(),
      cssImagesAsFiles(),
      strictPage('entries/electron.html'),
      listLicences(['daisyui', 'tailwindcss'].map(manifestOf)),
    ],
    build: {
      outDir: 'out/renderer',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: join(desktop, 'renderer', 'entries', 'electron.html') },
    },
  },
});
