import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { imitation, type Imitates } from './imitation.ts';
import { nativeRecord } from './native-record.ts';

type Options = Electron.NotificationConstructorOptions;

/** Recorded while it is shown; specs click, close and answer it by emitting what the system would. */
class HostNotification extends EventEmitter {
  title: string;
  body: string;
  silent: boolean;
  hasReply: boolean;

  constructor(options: Options = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    this.hasReply = options.hasReply ?? false;
    return imitation('Notification', this);
  }

  static isSupported = () => true;

  show(): void {
    nativeRecord.notifications.push(this as unknown as Electron.Notification);
    this.emit('show');
  }

  close(): void {
    const shown = nativeRecord.notifications.indexOf(this as unknown as Electron.Notification);
    if (shown < 0) return;
    nativeRecord.notifications.splice(shown, 1);
    this.emit('close');
  }
}

((shown: HostNotification) => shown satisfies Imitates<HostNotification, Electron.Notification>) satisfies unknown;
export const Notification = imitation('Notification', HostNotification);
