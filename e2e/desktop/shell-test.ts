import { DesktopDevice } from '../devices/desktop-device.ts';
import { test as base } from '../parley-test.ts';

export { expect } from '@playwright/test';

interface ShellFixtures {
  /** The desktop app at its first start, with nobody signed in. */
  shell: DesktopDevice;
}

/** For what only the desktop app has. */
export const test = base.extend<ShellFixtures>({
  shell: async ({ browser, server }, provide) => {
    const device = new DesktopDevice(browser, server.url);
    await device.start();
    await device.page.getByLabel('Server address').waitFor();
    await provide(device);
    await device.discard();
  },
});
