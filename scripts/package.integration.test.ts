import { generateKeyPairSync } from 'node:crypto';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob, sep } from 'node:path';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { FuseState, getCurrentFuseWire } from '@electron/fuses';
import { Arch, build, Platform } from 'electron-builder';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageConfiguration } from '../build/electron-builder.ts';
import { fuses } from '../build/fuses.ts';
import { publicKeyOf } from '../build/update-feed.ts';
import { importsOf } from './layers/imports.ts';
import { makeBlankElectron } from './packaging/blank-electron.ts';
import { projectRoot, runNode, tool } from './run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-package-'));
const bundles = join(folder, 'bundles');
const updateFeed = {
  url: 'https://updates.example.org/parley',
  signingKey: generateKeyPairSync('ed25519').privateKey,
};

const { version } = JSON.parse(readFileSync(join(projectRoot, 'desktop', 'package.json'), 'utf8')) as {
  version: string;
};

/** What a package for Linux would be made with. */
let fpmOptions: string[];
let desktopEntry: string;

function configurationFor(platform: Platform, arch: Arch) {
  const nodeName = platform.nodeName as 'darwin' | 'linux' | 'win32';
  return packageConfiguration({
    maintainer: 'Maud Example <maud@example.org>',
    homepage: 'https://example.org/',
    electronDist: makeBlankElectron(join(folder, 'electron', nodeName), nodeName),
    updateFeed,
    bundles,
    output: join(folder, `${nodeName}-${Arch[arch]}`),
  });
}

beforeAll(async () => {
  const { exitCode, output } = await runNode([tool('electron-vite'), 'build', '--outDir', bundles], { captured: true });
  if (exitCode !== 0) throw new Error(output);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const targets = [
  { platform: Platform.LINUX, arch: Arch.x64, target: 'linux-x64', executable: 'parley' },
  { platform: Platform.WINDOWS, arch: Arch.x64, target: 'win32-x64', executable: 'Parley.exe' },
  { platform: Platform.MAC, arch: Arch.arm64, target: 'darwin-arm64', executable: 'Parley.app' },
];

describe.each(targets)('the folder for $target', ({ platform, arch, target, executable }) => {
  let archive: string;
  let app: string;
  let files: string[];
  const read = (file: string) => extractFile(archive, file).toString('utf8');

  beforeAll(async () => {
    await build({
      projectDir: projectRoot,
      targets: platform.createTarget(platform === Platform.LINUX ? 'deb' : 'dir', arch),
      config: configurationFor(platform, arch),
      publish: 'never',
      // Ends before fpm would make the package of the folder.
      effectiveOptionComputed: ([options, desktopFile]: [string[], string]) => {
        fpmOptions = options;
        desktopEntry = readFileSync(desktopFile, 'utf8');
        return Promise.resolve(true);
      },
    });
    archive = join(folder, target, globSync('**/app.asar', { cwd: join(folder, target) })[0] ?? '');
    app = join(folder, target, globSync(`*/${executable}`, { cwd: join(folder, target) })[0] ?? '');
    files = listPackage(archive, { isPack: false })
      .map((path) => path.split(sep).join('/').slice(1))
      .filter((path) => !('files' in statFile(archive, path)));
  });

  const natives = [
    `node_modules/better-sqlite3-multiple-ciphers/prebuilds/${target}.node`,
    `node_modules/keytar/prebuilds/${target}/keytar.node`,
  ];

  test('holds the bundles, the pictures of its platform and its natives, and nothing else', () => {
    const expected = [
      'package.json',
      'LICENSE',
      'out/main/{,chunks/}*.js',
      'out/{main,renderer}/licences.json',
      'out/preload/preload.cjs',
      'out/renderer/**/*.html',
      'out/renderer/assets/*.{js,css,svg,woff2}',
      `resources/${platform.nodeName}/tray/*.{png,ico}`,
      ...(platform === Platform.LINUX ? ['resources/linux/icon.png'] : []),
      ...(platform === Platform.WINDOWS ? ['resources/win32/overlay/*.png'] : []),
      'node_modules/better-sqlite3-multiple-ciphers/{package.json,LICENSE}',
      'node_modules/better-sqlite3-multiple-ciphers/lib/{,methods/}*.js',
      'node_modules/keytar/{package.json,LICENSE.md}',
      'node_modules/keytar/lib/keytar.js',
      ...natives,
    ];
    expect(files.filter((file) => !expected.some((pattern) => matchesGlob(file, pattern)))).toEqual([]);
    expect(expected.filter((pattern) => !files.some((file) => matchesGlob(file, pattern)))).toEqual([]);
  });

  test('has one preload, which asks for nothing but Electron', () => {
    expect(files.filter((file) => file.startsWith('out/preload/'))).toEqual(['out/preload/preload.cjs']);
    const required = read('out/preload/preload.cjs').matchAll(/\brequire\(["'`]([^"'`]+)/g);
    expect(new Set(Array.from(required, ([, name]) => name))).toEqual(new Set(['electron']));
  });

  test('imports in its bundles only what is there', () => {
    const missing = files
      .filter((file) => matchesGlob(file, 'out/main/**/*.js'))
      .flatMap((file) => importsOf(file, read(file)).map(({ specifier }) => ({ file, specifier })))
      .filter(({ specifier }) => specifier !== 'electron' && !isBuiltin(specifier))
      .filter(({ file, specifier }) => {
        const path = specifier.startsWith('.')
          ? join(dirname(file), specifier)
          : join('node_modules', specifier, 'package.json');
        return !files.includes(path.split(sep).join('/'));
      });
    expect(missing).toEqual([]);
  });

  test('has its natives beside the archive, as they came', () => {
    for (const native of natives) {
      expect(statFile(archive, native)).toMatchObject({ unpacked: true });
      const packed = readFileSync(join(`${archive}.unpacked`, native));
      expect(packed.equals(readFileSync(join(projectRoot, native))), native).toBe(true);
    }
    const beside = globSync('**/*.*', { cwd: `${archive}.unpacked` });
    expect(beside).toHaveLength(natives.length);
  });

  test('says what it is and needs, and nothing about its making', () => {
    const description = JSON.parse(read('package.json')) as Record<string, unknown>;
    expect(description).toMatchObject({ name: 'parley', productName: 'Parley', type: 'module' });
    expect(files).toContain(description['main']);
    expect(Object.keys(description['dependencies'] as object)).toEqual(['better-sqlite3-multiple-ciphers', 'keytar']);
    for (const ofMaking of ['devDependencies', 'scripts', 'workspaces'])
      expect(description).not.toHaveProperty(ofMaking);
    expect(description['updates']).toEqual({ url: updateFeed.url, publicKey: publicKeyOf(updateFeed) });
  });

  test('E8: has every fuse as it was stated', async () => {
    const { version: _version, ...wire } = await getCurrentFuseWire(app);
    const stated = Object.entries(fuses).map(([fuse, isOn]) => [fuse, isOn ? FuseState.ENABLE : FuseState.DISABLE]);
    expect(stated).toHaveLength(9);
    expect(wire).toEqual(Object.fromEntries(stated));
  });
});

test('macOS learns of the links, why it is asked for the microphone, and the checksum of the archive', () => {
  const plist = readFileSync(join(folder, 'darwin-arm64', 'mac-arm64', 'Parley.app', 'Contents', 'Info.plist'), 'utf8');
  const compact = plist.replace(/>\s+</g, '><');
  expect(compact).toContain('<key>CFBundleIdentifier</key><string>chat.parley.app</string>');
  expect(compact).toContain('<key>CFBundleURLSchemes</key><array><string>parley</string></array>');
  expect(compact).toMatch(/<key>NSMicrophoneUsageDescription<\/key><string>Parley records/);
  expect(compact).toMatch(/<key>Resources\/app\.asar<\/key><dict><key>algorithm<\/key><string>SHA256</);
});

test('Windows learns the name, the icon and the checksum of the archive', () => {
  const program = readFileSync(join(folder, 'win32-x64', 'win-unpacked', 'Parley.exe'));
  const { entries } = NtExecutableResource.from(NtExecutable.from(program));
  const integrity = entries.find(({ type }) => type === 'INTEGRITY');
  expect(Buffer.from(integrity?.bin ?? new ArrayBuffer()).toString()).toContain(
    '"file":"resources\\\\app.asar","alg":"SHA256"',
  );
  const iconGroups = entries.filter(({ type }) => type === 14);
  expect(iconGroups.map(({ bin }) => new DataView(bin).getUint16(4, true))).toEqual([9]);
  const [versions] = Resource.VersionInfo.fromEntries(entries);
  const [language] = versions?.getAllLanguagesForStringValues() ?? [];
  expect(language && versions?.getStringValues(language)).toMatchObject({
    ProductName: 'Parley',
    FileVersion: version,
  });
});

describe('for packages of Linux', () => {
  test('the desktop entry opens the app and its links in its own window class', () => {
    const lines = desktopEntry.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'Name=Parley',
        'Exec=/opt/Parley/parley %U',
        'Icon=parley',
        'StartupWMClass=chat.parley.app',
        'MimeType=x-scheme-handler/parley;',
        'Categories=Network;InstantMessaging;Chat;',
        'Actions=hidden;',
        '[Desktop Action hidden]',
        'Exec=parley --hidden',
      ]),
    );
    expect(fpmOptions.filter((arg) => arg.endsWith('=/usr/share/applications/chat.parley.app.desktop'))).toHaveLength(
      1,
    );
  });

  test('icons in every size and what software centres read go to their places', () => {
    const sizes = fpmOptions.flatMap(
      (arg) => /=\/usr\/share\/icons\/hicolor\/(\d+)x\1\/apps\/parley\.png$/.exec(arg)?.[1] ?? [],
    );
    expect(sizes.map(Number).toSorted((a, b) => a - b)).toEqual([16, 24, 32, 48, 64, 128, 256, 512, 1024]);
    const [metainfo] = fpmOptions.find((arg) => arg.includes('=/usr/share/metainfo/'))?.split('=') ?? [];
    expect(existsSync(metainfo ?? '')).toBe(true);
  });

  test('updates come from the feed the packages were built with, and from nowhere else', () => {
    const resources = join(folder, 'linux-x64', 'linux-unpacked', 'resources');
    expect(readFileSync(join(resources, 'app-update.yml'), 'utf8')).toContain(`url: ${updateFeed.url}\n`);
    expect(readFileSync(join(resources, 'package-type'), 'utf8')).toBe('deb');
  });
});
