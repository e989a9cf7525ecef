import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FuseState } from '@electron/fuses';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

export type ElectronPlatform = 'darwin' | 'linux' | 'win32';

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Neither on nor off. */
const unsetFuses = Buffer.alloc(9, FuseState.INHERIT);
const executable: Buffer = Buffer.concat([
  Buffer.alloc(1024),
  Buffer.from(sentinel),
  Buffer.from([1, unsetFuses.length]),
  unsetFuses,
  Buffer.alloc(1024),
]);
const propertyList =
  '<?xml version="1.0"?><plist version="1.0"><dict><key>CFBundleName</key><string>Electron</string></dict></plist>';

/** A name, version and checksums are written into it, so it has to be a program in form. */
function windowsExecutable(): Buffer {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const language = { lang: 1033, codepage: 1200 };
  const version = Resource.VersionInfo.create(language.lang, {}, [
    { ...language, values: { ProductName: 'Electron' } },
  ]);
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  program.setExtraData(new Uint8Array(executable).buffer);
  return Buffer.from(program.generate());
}

const app = 'Electron.app/Contents';
const layouts: Record<ElectronPlatform, Record<string, string | Buffer>> = {
  linux: { electron: executable, 'resources/README': '' },
  win32: { 'electron.exe': windowsExecutable(), 'resources/README': '' },
  darwin: {
    [`${app}/Info.plist`]: propertyList,
    [`${app}/MacOS/Electron`]: '',
    [`${app}/Resources/electron.icns`]: '',
    [`${app}/Frameworks/Electron Framework.framework/Electron Framework`]: executable,
    [`${app}/Frameworks/Electron Helper.app/Contents/Info.plist`]: propertyList,
    [`${app}/Frameworks/Electron Helper.app/Contents/MacOS/Electron Helper`]: '',
  },
};

/** A folder laid out like Electron's own, with a fuse wire to flip and nothing that runs. */
export function makeBlankElectron(folder: string, platform: ElectronPlatform): string {
  const files = { ...layouts[platform], version: '0.0.0', LICENSE: 'Of Electron', 'locales/en-US.pak': '' };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content, { mode: 0o755 });
  }
  return folder;
}
