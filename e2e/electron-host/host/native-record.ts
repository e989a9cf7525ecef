/** What the system would show and open: specs look at it and click in it. The same shape under both drivers. */
export interface NativeRecord {
  /** Addresses handed to the system. */
  openedExternally: string[];
  boxes: { title: string; content: string }[];
  trays: import('electron').Tray[];
  /** Shown and not closed. */
  notifications: import('electron').Notification[];
  /** The menu that was last popped up. */
  popup: import('electron').Menu | undefined;
}

export const recordKey = Symbol.for('parley.native-record');

export const nativeRecord: NativeRecord = {
  openedExternally: [],
  boxes: [],
  trays: [],
  notifications: [],
  popup: undefined,
};
Object.defineProperty(globalThis, recordKey, { value: nativeRecord });
