import { test as base } from '@playwright/test';
import { BrowserDevice } from './devices/browser-device.ts';
import { DesktopDevice } from './devices/desktop-device.ts';
import type { Device } from './devices/device.ts';
import { type Identity, newIdentity, Person } from './people/person.ts';
import { ParleyProcess } from './servers/parley-process.ts';

export { expect } from '@playwright/test';

/** A tab of a browser, or the desktop app. */
export type Place = 'browser' | 'desktop';

export interface DeviceWish {
  place?: Place;
  /** Closing Parley closes everything: only what is on the disk is there when it is opened again. */
  isOnDisk?: boolean;
}

/** Brings people to the server, each with a device of their own. */
export interface People {
  /** Somebody new, signed up. */
  join(name: string, wish?: DeviceWish): Promise<Person>;
  /** Several at once. */
  joinAll<const Names extends readonly string[]>(...names: Names): Promise<{ [K in keyof Names]: Person }>;
  /** Somebody new before the first screen. */
  visit(name: string, wish?: DeviceWish): Promise<Person>;
  /** The same person at a further device, signed in. */
  onAnotherDevice(person: Person): Promise<Person>;
  /** The same person in a second tab of the same browser: something that only browsers have. */
  inAnotherTab(person: Person): Promise<Person>;
}

export interface PlaceOptions {
  /** Where the first to come is, if nobody wished otherwise; everybody else is in a browser. */
  place: Place;
}

interface Fixtures extends PlaceOptions {
  /** Further variables of the server's environment. */
  serverEnvironment: Record<string, string>;
  /** A folder that holds data already; by default the server begins with none. */
  serverData: string | undefined;
  server: ParleyProcess;
  people: People;
}

export const test = base.extend<Fixtures>({
  place: ['browser', { option: true }],
  serverEnvironment: [{}, { option: true }],
  serverData: [undefined, { option: true }],

  server: async ({ serverEnvironment, serverData }, provide, testInfo) => {
    const server = await ParleyProcess.start({
      environment: serverEnvironment,
      ...(serverData === undefined ? {} : { dataDir: serverData }),
    });
    await provide(server);
    const hasFailed = testInfo.status !== testInfo.expectedStatus;
    if (hasFailed) await testInfo.attach('server.log', { body: await server.log(), contentType: 'text/plain' });
    await server.discard();
  },

  people: async ({ server, browser, browserName, playwright, place: firstPlace }, provide, testInfo) => {
    const devices: Device[] = [];
    const newDevice = ({
      place = devices.length === 0 ? firstPlace : 'browser',
      isOnDisk = false,
    }: DeviceWish): Device => {
      if (place === 'desktop') return new DesktopDevice(browser, server.url);
      if (isOnDisk) return BrowserDevice.onDisk(playwright[browserName], server.url);
      return BrowserDevice.inBrowser(browser, server.url);
    };
    const arrive = async (identity: Identity, wish: DeviceWish = {}) => {
      const device = newDevice(wish);
      devices.push(device);
      await device.open();
      return new Person(identity, device);
    };
    const join = async (name: string, wish?: DeviceWish) => {
      const person = await arrive(newIdentity(name), wish);
      await person.signUp();
      return person;
    };
    await provide({
      join,
      joinAll: async (...names) => (await Promise.all(names.map((name) => join(name)))) as never,
      visit: (name, wish) => arrive(newIdentity(name), wish),
      onAnotherDevice: async ({ identity }) => {
        const person = await arrive(identity);
        await person.signIn();
        return person;
      },
      inAnotherTab: async ({ identity, device }) => {
        if (!(device instanceof BrowserDevice)) throw new Error('Only a browser has tabs');
        const tab = await device.openTab();
        devices.push(tab);
        return new Person(identity, tab);
      },
    });
    const defects = devices.flatMap((device) => device.defects);
    for (const device of devices) await device.discard();
    if (defects.length > 0) throw new Error(`The page complained in ${testInfo.title}:\n${defects.join('\n')}`);
  },
});
