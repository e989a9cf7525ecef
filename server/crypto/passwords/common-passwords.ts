import { readFileSync } from 'node:fs';
import type { IsCommonPassword } from '../../domain/accounts/ports.ts';

const plain = (password: string) => password.normalize('NFKC').toLowerCase();

/** The best known passwords, whatever the case they are typed in. */
export function loadCommonPasswords(file = new URL('./common-passwords.txt', import.meta.url)): IsCommonPassword {
  const known = new Set(readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean).map(plain));
  return (password) => known.has(plain(password)) || new Set(plain(password)).size === 1;
}
