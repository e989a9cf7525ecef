import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration, FileSet } from 'electron-builder';
import { identity } from '../desktop/main/identity.ts';
import { flipFusesIn } from './fuses.ts';
import { publicKeyOf, type UpdateFeed } from './update-feed.ts';

const projectRoot = join(import.meta.dirname, '..');

/**
 * What only one platform needs: its icons, and of each native module what runs there. The tool's own `${platform}` is
 * the machine that packs.
 */
function filesFor(platform: 'darwin' | 'linux' | 'win32'): FileSet[] {
  const natives = {
    'better-sqlite3-multiple-ciphers': ['lib/**/*.js', '!lib/*-*64.js', `prebuilds/${platform}-\${arch}.node`],
    keytar: ['lib/*.js', `prebuilds/${platform}-\${arch}/*.node`],
  };
  return [
    { from: `../resources/${platform}`, to: `resources/${platform}` },
    ...Object.entries(natives).map(([name, running]) => ({
      from: `../node_modules/${name}`,
      to: `node_modules/${name}`,
      filter: ['package.json', 'LICENSE*', ...running],
    })),
  ];
}

export interface PackageOptions {
  /** Who answers for the packages, "Name <mail>", and where to read about them. */
  maintainer: string;
  homepage: string;
  updateFeed: UpdateFeed | undefined;
  /** Where `npm run build` left the bundles, and where the packages go. */
  bundles: string;
  output: string;
  /** An unpacked Electron for the target; otherwise the tool downloads it. */
  electronDist?: string | undefined;
}

function electronVersion(): string {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/** Where packages put what the desktop reads about an app. */
function linuxFiles(): string[] {
  const metainfo = identity.desktopName.replace('.desktop', '.metainfo.xml');
  return [`${join(import.meta.dirname, 'linux', metainfo)}=/usr/share/metainfo/${metainfo}`];
}

const desktopEntry = {
  GenericName: 'Messenger',
  'GenericName[de]': 'Nachrichten',
  'Comment[de]': 'Nachrichten auf dem eigenen Server',
  Keywords: 'chat;message;messenger;talk;',
  'Keywords[de]': 'Chat;Nachricht;Messenger;',
  StartupNotify: 'true',
  'X-GNOME-SingleWindow': 'true',
  'X-GNOME-UsesNotifications': 'true',
};

/** An AppImage has no command of its own that an action could name. */
const installedDesktop = {
  entry: { ...desktopEntry, Actions: 'hidden;' },
  desktopActions: {
    hidden: {
      Name: 'Start in the background',
      'Name[de]': 'Im Hintergrund starten',
      Exec: `${identity.executableName} ${identity.startHiddenWord}`,
    },
  },
};

const linux = (maintainer: string): Configuration => ({
  linux: {
    maintainer,
    target: ['AppImage', 'deb', 'rpm'],
    executableName: identity.executableName,
    files: filesFor('linux'),
    icon: 'build/icons/linux',
    category: 'Network;InstantMessaging;Chat;',
    synopsis: 'A messenger that people host themselves',
    syncDesktopName: true,
    desktop: { entry: desktopEntry },
  },
  // Nothing of ours runs without a sandbox, which is what the tool would ask for.
  appImage: { executableArgs: [] },
  deb: {
    desktop: installedDesktop,
    packageCategory: 'net',
    recommends: ['gnome-keyring | kwallet6'],
    fpm: linuxFiles(),
  },
  rpm: {
    desktop: installedDesktop,
    packageCategory: 'Applications/Internet',
    fpm: ['--depends', 'libsecret', ...linuxFiles()],
  },
});

const windows: Configuration = {
  win: { target: ['nsis'], files: filesFor('win32'), icon: 'build/icons/icon.ico', verifyUpdateCodeSignature: true },
  nsis: {
    oneClick: true,
    perMachine: false,
    include: 'build/installer.nsh',
    deleteAppDataOnUninstall: false,
    differentialPackage: true,
  },
};

const mac: Configuration = {
  mac: {
    target: ['dmg', 'zip'],
    files: filesFor('darwin'),
    icon: 'build/icons/icon.icns',
    category: 'public.app-category.social-networking',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.inherit.plist',
    extendInfo: {
      NSMicrophoneUsageDescription:
        'Parley records a voice message while you hold its button, and your voice in calls.',
      NSCameraUsageDescription: 'Parley shows you in video calls that you take part in.',
    },
  },
  dmg: {
    contents: [
      { x: 140, y: 190 },
      { x: 400, y: 190, type: 'link', path: '/Applications' },
    ],
  },
};

/** The packages of every platform, from the bundles. Nothing is in them that is not named here. */
export function packageConfiguration(options: PackageOptions): Configuration {
  const { maintainer, homepage, updateFeed, bundles, output, electronDist } = options;
  return {
    appId: identity.appId,
    productName: identity.productName,
    electronVersion: electronVersion(),
    directories: { app: 'desktop', buildResources: 'build', output },
    ...(electronDist && { electronDist }),
    files: ['package.json', { from: bundles, to: 'out' }, { from: '..', to: '.', filter: ['LICENSE'] }],
    // Electron's modules are files it can load only from outside the archive.
    asarUnpack: ['**/*.node'],
    // "false": the modules are those named above, with the binaries they came with.
    beforeBuild: () => Promise.resolve(false),
    afterPack: flipFusesIn,
    extraMetadata: {
      name: identity.executableName,
      productName: identity.productName,
      desktopName: identity.desktopName,
      description: 'A messenger that people host themselves',
      main: 'out/main/main.js',
      homepage,
      author: { name: maintainer.replace(/ <.*/, '') },
      ...(updateFeed && { updates: { url: updateFeed.url, publicKey: publicKeyOf(updateFeed) } }),
    },
    protocols: [{ name: identity.productName, schemes: [identity.linkScheme] }],
    publish: updateFeed ? [{ provider: 'generic', url: updateFeed.url }] : null,
    ...linux(maintainer),
    ...windows,
    ...mac,
  };
}
