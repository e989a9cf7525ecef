import type { LocalStorePort } from '../local-store.ts';

/** A device with a local store of its own, as the suite needs it. */
export interface LocalStoreDevice {
  /** What the running process uses. */
  port: () => LocalStorePort;
  /** Ends the process without a word to the port and starts the next one on the same data. */
  restart?: () => Promise<void>;
  /** The next batch fails after this many of its writes were carried out, as when the disk is full. */
  failNextBatch?: (afterWrites: number) => void;
  /** Throws away the device and its data. */
  dispose: () => Promise<void>;
}

/** What the devices of an adapter are like. Rules that need `restart` run where the store is kept, rules about faults where it can fail. */
export interface LocalStoreTraits {
  kind: LocalStorePort['kind'];
  canFail: boolean;
}

/** Makes a device without any accounts. */
export type OpenDevice = () => Promise<LocalStoreDevice>;
