import { writeFileSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { join } from 'node:path';
import { type DownloadOptions, HttpExecutor } from 'builder-util-runtime';
import electronUpdater, { type AppUpdater } from 'electron-updater';

/** Electron's network, played by Node's. */
class NodeHttp extends HttpExecutor<ClientRequest> {
  createRequest(...[options, callback]: Parameters<HttpExecutor<ClientRequest>['createRequest']>): ClientRequest {
    return request(options, callback);
  }

  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const callback = (error: Error | null) => (error ? reject(error) : resolve(destination));
      const target = { hostname: url.hostname, port: url.port, path: url.pathname, headers: options.headers ?? {} };
      this.doDownload(target, { destination, options, onCancel, callback, responseHandler: null }, 0);
    });
  }
}

/** electron-updater's own updater for AppImages, in a folder of the test and without Electron. */
export function nodeUpdater(folder: string, version: string): AppUpdater {
  const configFile = join(folder, 'app-update.yml');
  writeFileSync(configFile, 'updaterCacheDirName: parley-updater\n');
  const updater = new electronUpdater.AppImageUpdater(null, {
    version,
    name: 'Parley',
    isPackaged: true,
    appUpdateConfigPath: configFile,
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch() {},
    quit() {},
    onQuit() {},
  });
  Object.assign(updater, { httpExecutor: new NodeHttp(), disableDifferentialDownload: true });
  return updater;
}
