import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { Person } from '../servers/crowd.ts';
import { encodeFrame, FrameReader } from './websocket-frames.ts';

export interface TalkerEvents {
  /** The message that is out was acknowledged. */
  acknowledged(talker: Talker): void;
  /** Somebody else's message came. */
  delivered(talker: Talker, messageId: string): void;
  /** Its markers were acknowledged. */
  marked(): void;
  lost(reason: string): void;
}

/** The size of the whole Socket.IO frame of a message, in bytes. */
const frameBytes = 202;
/** As the app gathers them; the next one waits for the answer to this one. */
const markersGatherMs = 300;
const changed = '42["conversation.changed",';
const relayed = '42["messages.send",{"id":"';
const textMessage = '{"kind":"text","id":"';
const author = '"authorId":"';
const seq = '"seq":';
const idChars = 36;

/**
 * One device, as little of it as says the same as the app does. Socket.IO's own client costs more than the server it asks, and would be
 * what is measured.
 */
export class Talker {
  readonly conversationId: string;
  readonly #events: TalkerEvents;
  readonly #userId: string;
  readonly #doesMark: boolean;
  readonly #socket: Socket;
  #count = 0;
  #messageAck = -1;
  #markersAck = -1;
  #seq = 0;
  #marked = 0;
  #isMarking = false;

  private constructor(socket: Socket, person: Person, doesMark: boolean, events: TalkerEvents) {
    this.#socket = socket;
    this.conversationId = person.conversationId;
    this.#userId = person.userId;
    this.#doesMark = doesMark;
    this.#events = events;
  }

  static connect(port: number, person: Person, doesMark: boolean, events: TalkerEvents): Promise<Talker> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      const talker = new Talker(socket, person, doesMark, events);
      const reader = new FrameReader((text) => {
        if (text.startsWith('0{')) talker.#send(`40${JSON.stringify(person.auth)}`);
        else if (text.startsWith('40')) resolve(talker);
        else if (text.startsWith('44')) reject(new Error(`Refused: ${text}`));
        else talker.#receive(text);
      });
      let isOpen = false;
      let head = Buffer.alloc(0);
      socket.on('data', (chunk) => {
        if (!isOpen) {
          head = Buffer.concat([head, chunk]);
          const end = head.indexOf('\r\n\r\n');
          if (end < 0) return;
          if (!head.toString('latin1', 0, 12).endsWith(' 101')) reject(new Error(head.toString('latin1', 0, 200)));
          isOpen = true;
          chunk = head.subarray(end + 4);
        }
        if (!reader.read(chunk)) socket.destroy();
      });
      socket.on('error', reject);
      socket.on('close', () => events.lost('A connection was closed'));
      socket.write(upgradeRequest(port));
    });
  }

  /** Says something; at most one message of a talker is out. `messageId` has 36 characters. */
  say(messageId: string): void {
    this.#messageAck = this.#count += 1;
    const start = `42${this.#messageAck}["messages.send",{"id":"${messageId}","conversationId":"${this.conversationId}","text":"`;
    this.#send(`${start}${'x'.repeat(frameBytes - start.length - 3)}"}]`);
  }

  get isMarking(): boolean {
    return this.#isMarking;
  }

  close(): void {
    this.#socket.removeAllListeners('close');
    this.#socket.destroy();
  }

  #send(text: string): void {
    this.#socket.write(encodeFrame(text));
  }

  #receive(text: string): void {
    if (text.startsWith('43')) this.#answered(text);
    else if (text.startsWith(changed)) this.#heard(text);
    else if (text.startsWith(relayed)) {
      this.#events.delivered(this, text.slice(relayed.length, relayed.length + idChars));
    } else if (text === '2') this.#send('3');
  }

  #answered(text: string): void {
    const number = Number.parseInt(text.slice(2), 10);
    if (!text.includes('"ok":true')) this.#events.lost(`Refused: ${text}`);
    if (number === this.#messageAck) this.#events.acknowledged(this);
    else if (number === this.#markersAck) {
      this.#isMarking = false;
      this.#events.marked();
      this.#mark();
    }
  }

  /** A fact may hold several messages, own ones and told ones too, where the server has read them again. */
  #heard(text: string): void {
    for (let at = text.indexOf(textMessage); at >= 0; at = text.indexOf(textMessage, at)) {
      at += textMessage.length;
      const authorAt = text.indexOf(author, at) + author.length;
      if (text.startsWith(this.#userId, authorAt)) continue;
      const place = Number.parseInt(text.slice(text.indexOf(seq, at) + seq.length), 10);
      if (place <= this.#seq) continue;
      this.#seq = place;
      this.#events.delivered(this, text.slice(at, at + idChars));
    }
    if (this.#doesMark) this.#mark();
  }

  #mark(): void {
    if (this.#isMarking || this.#seq <= this.#marked) return;
    this.#isMarking = true;
    setTimeout(() => {
      this.#marked = this.#seq;
      this.#markersAck = this.#count += 1;
      const move = { conversationId: this.conversationId, delivered: this.#seq };
      this.#send(`42${this.#markersAck}["markers.move",${JSON.stringify({ moves: [move] })}]`);
    }, markersGatherMs);
  }
}

function upgradeRequest(port: number): string {
  return [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36',
    'Accept-Language: en-US,en;q=0.9',
    'Accept-Encoding: gzip, deflate, br, zstd',
    '',
    '',
  ].join('\r\n');
}
