import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** The panel of a desktop that shows trays: whoever owns this name on the session bus is one. */
const trayName = 'org.kde.StatusNotifierWatcher';

/** Stands on a session bus from `appear` until `leave`. */
export class Panel {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async appear(busAddress: string): Promise<Panel> {
    const path = /unix:(?:.*,)?path=([^,;]+)/.exec(busAddress)?.[1];
    if (path === undefined) throw new Error(`No way to a session bus at ${busAddress}`);
    const socket = connect(path);
    await once(socket, 'connect');
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
    socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    if (!answer.toString().startsWith('OK')) throw new Error(`The session bus says ${answer.toString()}`);
    socket.write('BEGIN\r\n');
    socket.write(callOfBus(1, 'Hello'));
    socket.write(callOfBus(2, 'RequestName', trayName));
    socket.resume();
    return new Panel(socket);
  }

  leave(): void {
    this.#socket.destroy();
  }
}

/** A method call to the bus itself, as the D-Bus specification writes it; `name` with no flags is all that one ever takes. */
function callOfBus(serial: number, member: string, name?: string): Buffer {
  const body =
    name === undefined ? Buffer.alloc(0) : Buffer.concat([text(name), uint32(0, padding(4, text(name).length))]);
  const fields = [
    field(1, 'o', text('/org/freedesktop/DBus')),
    field(6, 's', text('org.freedesktop.DBus')),
    field(2, 's', text('org.freedesktop.DBus')),
    field(3, 's', text(member)),
    ...(name === undefined ? [] : [field(8, 'g', Buffer.from('\x02su\0'))]),
  ];
  const packed = fields.reduce((all, next) => Buffer.concat([all, padding(8, all.length), next]), Buffer.alloc(0));
  const start = Buffer.from([0x6c, 1, 0, 1]);
  const head = Buffer.concat([start, uint32(body.length), uint32(serial), uint32(packed.length), packed]);
  return Buffer.concat([head, padding(8, head.length), body]);
}

function field(code: number, signature: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([code, 1, signature.charCodeAt(0), 0]), value]);
}

function text(value: string): Buffer {
  return Buffer.concat([uint32(Buffer.byteLength(value)), Buffer.from(`${value}\0`)]);
}

function uint32(value: number, before: Buffer = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return Buffer.concat([before, bytes]);
}

function padding(to: number, length: number): Buffer {
  return Buffer.alloc((to - (length % to)) % to);
}
