import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { ServerConfig } from './config/server-config.ts';

const isEverywhere = (host: string) => host === '0.0.0.0' || host === '::';

function addressInNetwork(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.find(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
    ?.address;
}

export interface StartFacts {
  /** What a browser on this machine opens, or the public address. */
  url: string;
  port: number;
  /** An address that other machines reach this one by. */
  networkAddress?: string | undefined;
}

/** What whoever starts the server is told once it serves, a line each. The first has its address. */
export function startMessages(
  config: Pick<ServerConfig, 'host' | 'dataDir' | 'publicUrl' | 'registration'>,
  { url, port, networkAddress = addressInNetwork() }: StartFacts,
): string[] {
  const { host, dataDir, publicUrl, registration } = config;
  const lines = [`Parley is ready at ${url} (data in ${dataDir})`];
  if (publicUrl !== undefined) lines.push(`It listens on ${isIPv6(host) ? `[${host}]` : host}:${port}`);
  else if (isEverywhere(host) && networkAddress !== undefined)
    lines.push(`Other machines reach it at http://${networkAddress}:${port}; browsers there need https in front of it`);
  if (registration === 'closed')
    lines.push('Nobody can register: set PARLEY_REGISTRATION=open to let people make accounts');
  return lines;
}
