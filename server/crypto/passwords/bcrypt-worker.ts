import { parentPort } from 'node:worker_threads';
import bcrypt from 'bcryptjs';

export type BcryptJob =
  | { kind: 'hash'; secret: string; cost: number }
  | { kind: 'verify'; secret: string; hash: string };
export type BcryptAnswer = { ok: true; value: string | boolean } | { ok: false; message: string };

function run(job: BcryptJob): BcryptAnswer {
  try {
    if (job.kind === 'hash') return { ok: true, value: bcrypt.hashSync(job.secret, job.cost) };
    return { ok: true, value: bcrypt.compareSync(job.secret, job.hash) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : 'bcrypt failed' };
  }
}

parentPort?.on('message', (job: BcryptJob) => parentPort?.postMessage(run(job)));
