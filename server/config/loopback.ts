import { isIPv4 } from 'node:net';

/** Whether a host name or address never leaves this machine. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1') return true;
  const plain = name.replace(/^::ffff:/, '');
  return isIPv4(plain) && plain.startsWith('127.');
}
