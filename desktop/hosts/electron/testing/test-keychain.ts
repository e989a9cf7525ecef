import type { Keychain } from '../secrets/keychain-vault.ts';

/** A keychain that refuses with this message, or answers when the test lets it. */
export function createTestKeychain(refusal?: string) {
  const entries = new Map<string, string>();
  const waiting: (() => void)[] = [];
  let isSilent = false;
  const act = <T>(carryOut: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      const answer = (): void => (refusal === undefined ? resolve(carryOut()) : reject(new Error(refusal)));
      if (isSilent) waiting.push(answer);
      else answer();
    });
  const keychain: Keychain = {
    getPassword: (service, account) => act(() => entries.get(`${service}|${account}`) ?? null),
    setPassword: (service, account, password) => act(() => void entries.set(`${service}|${account}`, password)),
    deletePassword: (service, account) => act(() => entries.delete(`${service}|${account}`)),
  };
  return {
    /** By service and account. */
    entries,
    keychain,
    fallSilent: () => void (isSilent = true),
    /** How many calls it has taken and not answered. */
    asked: () => waiting.length,
    answer() {
      isSilent = false;
      for (const answer of waiting.splice(0)) answer();
    },
  };
}
