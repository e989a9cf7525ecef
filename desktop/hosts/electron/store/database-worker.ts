import { parentPort } from 'node:worker_threads';
import { serveDatabases } from './serve-databases.ts';

if (parentPort === null) throw new Error('Runs as a worker only');
serveDatabases(parentPort);
