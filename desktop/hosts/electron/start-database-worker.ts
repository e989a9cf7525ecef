/// <reference types="electron-vite/node" />
import createWorker from './store/database-worker.ts?nodeWorker';

/** In the bundle: electron-vite finds workers by their query only. */
export const startDatabaseWorker = () => createWorker({ name: 'database' });
