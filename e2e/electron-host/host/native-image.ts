import { existsSync, readFileSync } from 'node:fs';
import type Electron from 'electron';
import { imitation, type Imitates } from './imitation.ts';

class HostImage {
  readonly bytes: Buffer;
  private isMask = false;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  isEmpty = () => this.bytes.length === 0;
  toPNG = () => this.bytes;
  isTemplateImage = () => this.isMask;
  addRepresentation = () => undefined;
  resize = () => this as unknown as Electron.NativeImage;

  setTemplateImage(isMask: boolean): void {
    this.isMask = isMask;
  }
}

const imageOf = (bytes: Buffer) => imitation('NativeImage', new HostImage(bytes)) as unknown as Electron.NativeImage;
const hostNativeImage = {
  createEmpty: () => imageOf(Buffer.alloc(0)),
  createFromPath: (path: string) => imageOf(existsSync(path) ? readFileSync(path) : Buffer.alloc(0)),
  createFromBuffer: imageOf,
  createFromDataURL: (url: string) => imageOf(Buffer.from(url.split(',')[1] ?? '', 'base64')),
};

hostNativeImage satisfies Imitates<typeof hostNativeImage, typeof Electron.nativeImage>;
((image: HostImage) => image satisfies Imitates<HostImage, Electron.NativeImage>) satisfies unknown;
export const nativeImage = imitation('nativeImage', hostNativeImage);
