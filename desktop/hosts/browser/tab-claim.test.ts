import { afterEach, describe, expect, test } from 'vitest';
import { openProfile, type Profile } from './testing/browser-profile.ts';

const profiles: Profile[] = [];
afterEach(async () => {
  for (const profile of profiles.splice(0)) await profile.dispose();
});

function newProfile(): Profile {
  const profile = openProfile();
  profiles.push(profile);
  return profile;
}

/** One tab had the claim and does not answer; the other has taken it by force. */
async function takenFromFrozen() {
  const profile = newProfile();
  const [frozen, other] = [profile.openTab(), profile.openTab()];
  await frozen.claim.take();
  const thaw = frozen.freeze();
  const taking = other.claim.take();
  await profile.runTimer();
  await taking;
  return { profile, frozen, thaw };
}

describe('one tab of a profile', () => {
  test('holds the claim, the next one does not disturb it', async () => {
    const profile = newProfile();
    const [one, other] = [profile.openTab(), profile.openTab()];
    expect([await one.claim.takeIfFree(), await other.claim.takeIfFree()]).toEqual([true, false]);
    expect([one.life, other.life]).toEqual([['held'], []]);
  });

  test('holds it once, however often it asks', async () => {
    const tab = newProfile().openTab();
    await Promise.all([tab.claim.takeIfFree(), tab.claim.take(), tab.claim.takeIfFree()]);
    await tab.claim.take();
    expect(tab.life).toEqual(['held']);
  });

  test('gets it when the one that had it is gone', async () => {
    const profile = newProfile();
    const [one, other] = [profile.openTab(), profile.openTab()];
    await one.claim.take();
    await one.claim.end();
    expect(await other.claim.takeIfFree()).toBe(true);
  });

  test('gives it back when it cannot start', async () => {
    const profile = newProfile();
    const [one, other] = [profile.openTab(), profile.openTab()];
    one.failNextStart();
    await expect(one.claim.takeIfFree()).rejects.toThrow('cannot start');
    expect(await other.claim.takeIfFree()).toBe(true);
    expect(one.life).toEqual([]);
  });

  test('renews it: what it had is shut down first', async () => {
    const profile = newProfile();
    const tab = profile.openTab();
    await tab.claim.take();
    expect(await tab.claim.renew()).toBe(true);
    expect(tab.life).toEqual(['held', 'left', 'held']);
  });

  test('cannot renew what another tab has taken, whether it has heard of that or not', async () => {
    const { profile, frozen, thaw } = await takenFromFrozen();
    const renewing = frozen.claim.renew();
    thaw();
    expect([await renewing, await frozen.claim.renew()]).toEqual([false, false]);
    expect(profile.holders()).toEqual([2]);
  });

  test('of another profile is none of its business', async () => {
    const [one, other] = [newProfile().openTab(), newProfile().openTab()];
    expect(await Promise.all([one.claim.takeIfFree(), other.claim.takeIfFree()])).toEqual([true, true]);
  });
});

describe('a hand-over', () => {
  test('starts here after it was shut down there', async () => {
    const profile = newProfile();
    const [one, other] = [profile.openTab(), profile.openTab()];
    await one.claim.take();
    await other.claim.take();
    expect(profile.history).toEqual(['1 held', '1 left', '2 held']);
    expect(profile.timersRun).toBe(0);
  });

  test('goes back the same way', async () => {
    const profile = newProfile();
    const [one, other] = [profile.openTab(), profile.openTab()];
    await one.claim.take();
    await other.claim.take();
    await one.claim.take();
    expect(profile.history).toEqual(['1 held', '1 left', '2 held', '2 left', '1 held']);
  });

  test('waits for a slow shut-down', async () => {
    const profile = newProfile();
    const [one, other] = [profile.openTab(), profile.openTab()];
    await one.claim.take();
    const finish = one.holdUpLeaving();
    const taking = other.claim.take();
    await one.isLeaving();
    expect(profile.history).toEqual(['1 held']);
    finish();
    await taking;
    expect(profile.history).toEqual(['1 held', '1 left', '2 held']);
  });

  test('goes on when the shut-down there fails', async () => {
    const profile = newProfile();
    const [one, other] = [profile.openTab(), profile.openTab()];
    await one.claim.take();
    one.failNextLeaving();
    await other.claim.take();
    expect(profile.history).toEqual(['1 held', '2 held']);
  });

  test('is taken by force from a tab that does not answer, and that one leaves when it wakes up', async () => {
    const { profile, frozen, thaw } = await takenFromFrozen();
    expect(profile.history.at(-1)).toBe('2 held');
    thaw();
    await frozen.hasLeft();
    expect(await frozen.claim.takeIfFree()).toBe(false);
    expect(profile.holders()).toEqual([2]);
  });

  test('from a tab that is just starting waits for its start', async () => {
    const profile = newProfile();
    const [one, other] = [profile.openTab(), profile.openTab()];
    const finish = one.holdUpStart();
    const starting = one.claim.take();
    await one.isStarting();
    const taking = other.claim.take();
    finish();
    await Promise.all([starting, taking]);
    expect(profile.history).toEqual(['1 held', '1 left', '2 held']);
  });

  test.each([2, 3, 5])('asked for by %i tabs at once ends with exactly one holder', async (count) => {
    const profile = newProfile();
    const first = profile.openTab();
    await first.claim.take();
    const others = Array.from({ length: count }, () => profile.openTab());
    await profile.runTimersDuring(Promise.all(others.map(({ claim }) => claim.take())));
    await profile.until(() => profile.holders().length === 1);
    expect(await profile.isLocked()).toBe(true);
    expect(profile.holders()).not.toEqual([1]);
  });

  test('is not stirred by what others say on the channel', async () => {
    const profile = newProfile();
    const tab = profile.openTab();
    await tab.claim.take();
    for (const stranger of [null, 'hand-over', {}, { kind: 'hand-over' }, { kind: 'steal', asking: 'x' }]) {
      await profile.say(stranger);
    }
    expect(profile.holders()).toEqual([1]);
  });
});
