import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { identity } from '../desktop/main/identity.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');

describe('what systems are told of the app', () => {
  test('the hardened runtime lets it compile scripts, hear and see, and its helpers only compile', () => {
    const allowedBy = (file: string) =>
      Array.from(read(file).matchAll(/<key>(.*)<\/key>\s*<true\/>/g), ([, key]) => key);
    expect(allowedBy('entitlements.mac.plist')).toEqual([
      'com.apple.security.cs.allow-jit',
      'com.apple.security.device.audio-input',
      'com.apple.security.device.camera',
    ]);
    expect(allowedBy('entitlements.mac.inherit.plist')).toEqual(['com.apple.security.cs.allow-jit']);
  });

  test('the installer of Windows registers the links of the app, and the uninstaller takes them back', () => {
    const [install = '', uninstall = ''] = read('installer.nsh').split('!macro customUnInstall');
    const key = `"Software\\Classes\\${identity.linkScheme}`;
    expect(install).toContain(`${key}\\shell\\open\\command" "" '"$INSTDIR\\\${APP_EXECUTABLE_FILENAME}" "%1"'`);
    expect(install).toContain(`${key}" "URL Protocol" ""`);
    expect(uninstall).toContain(`DeleteRegKey SHELL_CONTEXT ${key}"`);
  });

  test('software centres of Linux know it by the name of its desktop entry', () => {
    const id = identity.desktopName.replace('.desktop', '');
    expect(globSync('*', { cwd: join(import.meta.dirname, 'linux') })).toEqual([`${id}.metainfo.xml`]);
    const metainfo = read(`linux/${id}.metainfo.xml`);
    expect(metainfo).toContain(`<id>${id}</id>`);
    expect(metainfo).toContain(`<launchable type="desktop-id">${identity.desktopName}</launchable>`);
    expect(metainfo).toContain(`<mediatype>x-scheme-handler/${identity.linkScheme}</mediatype>`);
    expect(metainfo).toContain(`<binary>${identity.executableName}</binary>`);
  });

  test('the newest release that they are told of is this version', () => {
    const { version } = JSON.parse(read('../desktop/package.json')) as { version: string };
    const metainfo = read(`linux/${identity.desktopName.replace('.desktop', '.metainfo.xml')}`);
    expect(/<release version="([^"]+)"/.exec(metainfo)?.[1]).toBe(version);
  });
});
