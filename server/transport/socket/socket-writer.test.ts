import { beforeEach, describe, expect, test } from 'vitest';
import type { ParleySocket } from './socket-types.ts';
import { SocketWriter } from './socket-writer.ts';

let writes: [name: string, bytes: string][];
let writer: SocketWriter;
beforeEach(() => {
  writes = [];
  writer = new SocketWriter();
});

function socketNamed(name: string): ParleySocket {
  const write = (_text: string, { wsPreEncodedFrame: [bytes] }: { wsPreEncodedFrame: [Buffer] }) =>
    writes.push([name, bytes.toString()]);
  return { conn: { write }, disconnect: () => writes.push([name, 'closed']) } as unknown as ParleySocket;
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('D5 what a turn has for a socket', () => {
  test('D5 goes out in one write, in its order, also what promises bring that are settled by then', async () => {
    const [ann, ben] = [socketNamed('Ann'), socketNamed('Ben')];
    void Promise.resolve().then(() => {
      writer.write(ann, Buffer.from('told '));
      writer.write(ben, Buffer.from('told '));
      void Promise.resolve().then(() => writer.write(ann, Buffer.from('answered')));
    });
    await turn();
    expect(writes).toEqual([
      ['Ann', 'told answered'],
      ['Ben', 'told '],
    ]);
    writer.write(ann, Buffer.from('later'));
    await turn();
    expect(writes.slice(2)).toEqual([['Ann', 'later']]);
  });

  test('D5 goes out before it is closed', () => {
    const ann = socketNamed('Ann');
    writer.write(ann, Buffer.from('told '));
    writer.end(ann, Buffer.from('ended'));
    expect(writes).toEqual([
      ['Ann', 'told ended'],
      ['Ann', 'closed'],
    ]);
  });
});
