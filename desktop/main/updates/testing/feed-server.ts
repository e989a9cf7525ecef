import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Release {
  version: string;
  content?: string;
  /** What the list says of the file, where it is not the truth. */
  sha512?: string;
  fileUrl?: string;
}

/** A folder of updates on this computer, as `npm run package` leaves it, and what was asked of it. */
export async function feedServer() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const files = new Map<string, string>();
  const asked: { path: string; headers: Record<string, unknown> }[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://feed').pathname;
    asked.push({ path, headers: request.headers });
    const content = files.get(path);
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    feed: {
      url: `http://127.0.0.1:${port}/parley`,
      publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    },
    asked,
    /** Puts a release there, its list signed by `key`. */
    publish({ version, content = `Parley ${version}`, sha512, fileUrl }: Release, key = privateKey) {
      const name = `Parley-${version}.AppImage`;
      const hash = sha512 ?? createHash('sha512').update(content).digest('base64');
      const list = [
        `version: ${version}`,
        'files:',
        `  - url: ${fileUrl ?? name}`,
        `    sha512: ${hash}`,
        `    size: ${content.length}`,
        `path: ${fileUrl ?? name}`,
        `sha512: ${hash}`,
        '',
      ].join('\n');
      const suffix = process.arch === 'x64' ? '' : `-${process.arch}`;
      files.set(`/parley/latest-linux${suffix}.yml`, list);
      files.set(`/parley/latest-linux${suffix}.yml.sig`, sign(null, Buffer.from(list), key).toString('base64'));
      files.set(`/parley/${name}`, content);
    },
    /** Somebody with access to the folder changes a file of it. */
    tamper(change: (content: string) => string, end = '.yml') {
      for (const [path, content] of files) if (path.endsWith(end)) files.set(path, change(content));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
