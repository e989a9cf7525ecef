import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkVault, createKeychainVault, type Keychain } from './keychain-vault.ts';
import { createTestKeychain } from '../testing/test-keychain.ts';
import { createMemoryVault } from './memory-vault.ts';
import { createTokenVault } from './token-vault.ts';

describe('secrets in the keychain', () => {
  test('are filed under the service and the profile', async () => {
    const { entries, keychain } = createTestKeychain();
    const vault = createKeychainVault(keychain, 'Parley', 'profile/');
    await createTokenVault(vault).write('s1/u1', 'token');
    await createTokenVault(createKeychainVault(keychain, 'Parley', 'other/')).write('s1/u1', 'of another profile');
    expect([...entries]).toEqual([
      ['Parley|profile/refresh-token/s1/u1', 'token'],
      ['Parley|other/refresh-token/s1/u1', 'of another profile'],
    ]);
    expect(await createTokenVault(vault).read('s1/u1')).toBe('token');
    await createTokenVault(vault).erase('s1/u1');
    await createTokenVault(vault).erase('s1/u1');
    expect(await createTokenVault(vault).read('s1/u1')).toBeNull();
  });

  test.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'missing'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'missing'],
    ['Cannot create an item in a locked collection', 'refused'],
  ])('a keychain that says %j is %s', async (message, trouble) => {
    const vault = createKeychainVault(createTestKeychain(message).keychain, 'Parley', '');
    for (const asked of [vault.read('a'), vault.write('a', 'secret'), vault.erase('a')]) {
      await expect(asked).rejects.toMatchObject({ name: 'VaultUnavailable', trouble });
    }
  });

  test('one refusal does not take the calls after it along', async () => {
    const { keychain } = createTestKeychain();
    const vault = createKeychainVault(
      { ...keychain, getPassword: () => Promise.reject(new Error('locked')) },
      'Parley',
      '',
    );
    const outcomes = await Promise.allSettled([vault.read('a'), vault.write('a', 'secret'), vault.read('a')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
  });
});

describe('a keychain that does not answer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is given 10 s', async () => {
    const { keychain, fallSilent } = createTestKeychain();
    fallSilent();
    const refused = vi.fn<(error: unknown) => void>();
    createKeychainVault(keychain, 'Parley', '').read('a').catch(refused);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(refused).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(refused).toHaveBeenCalledWith(expect.objectContaining({ trouble: 'silent' }));
  });

  test('holds one call at a time, and what was refused meanwhile is not done later', async () => {
    const { keychain, entries, fallSilent, asked, answer } = createTestKeychain();
    const vault = createKeychainVault(keychain, 'Parley', '');
    fallSilent();
    const outcomes = Promise.allSettled([vault.read('a'), vault.write('a', 'stale'), vault.write('b', 'stale')]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(asked()).toBe(1);
    answer();
    await vault.write('c', 'fresh');
    expect([...entries.keys()]).toEqual(['Parley|c']);
  });
});

describe('the check', () => {
  test('writes once, and later only reads', async () => {
    const { keychain } = createTestKeychain();
    const setPassword = vi.fn<Keychain['setPassword']>(keychain.setPassword);
    const vault = createKeychainVault({ ...keychain, setPassword }, 'Parley', '');
    await checkVault(vault);
    await checkVault(vault);
    expect(setPassword).toHaveBeenCalledTimes(1);
  });

  test('sees through a keychain that says there is nothing and takes nothing', async () => {
    const forgetful = { ...createMemoryVault(), write: () => Promise.resolve() };
    await expect(checkVault(forgetful)).rejects.toMatchObject({ trouble: 'refused' });
  });
});
