import { commandServer } from './control/control-socket.ts';
import { ConfigError, type ServerConfig } from './config/server-config.ts';

/** How long a server that has the data may take to say its process id. */
const answerMs = 1_000;

const reasons: Record<string, string> = {
  EACCES: 'this account may not listen there; ports below 1024 often belong to root',
  EADDRNOTAVAIL: 'it is no address of this machine',
  ENOTFOUND: 'there is no such name',
};

/** What listening rejected with, in words for whoever runs the server. */
export function toldListenError(error: unknown, { host, port }: Pick<ServerConfig, 'host' | 'port'>): unknown {
  if (!(error instanceof Error && 'syscall' in error)) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new ConfigError([`Port ${port} is in use; set PORT to another one.`], 'port_in_use');
  const sentence = `It cannot listen on ${host}, port ${port}: ${reasons[code] ?? 'the system refuses'} (${message}). Set HOST and PORT to others.`;
  return new ConfigError([sentence], 'listen_failed');
}

/** The same error, with the process id of the server that has the data, where it says it. */
export async function nameOwner(error: unknown, dataDir: string): Promise<unknown> {
  if (!(error instanceof ConfigError && error.code === 'database_in_use')) return error;
  const silence = new Promise<null>((resolve) => setTimeout(resolve, answerMs, null));
  const processId = await Promise.race([commandServer(dataDir, 'process-id'), silence]).catch(() => null);
  return processId === null
    ? error
    : new ConfigError([...error.sentences, `Its process id is ${processId}.`], error.code);
}
