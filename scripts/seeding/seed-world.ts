import { v7 as mintId } from 'uuid';
import { readConfig } from '../../server/config/read-config.ts';
import { directConversationId } from '../../server/crypto/direct-conversation-id.ts';
import { createPasswordHasher } from '../../server/crypto/passwords/password-hasher.ts';
import { openStorage } from '../../server/open-storage.ts';
import type { ConversationCommit } from '../../server/storage/port/conversations.ts';
import type { FeedEntry, FeedEntryBody, MemberRecord, MessageRecord } from '../../server/storage/port/records.ts';
import type { Storage } from '../../server/storage/port/storage.ts';

export interface SeedPerson {
  userId: string;
  name: string;
  email: string;
}

export interface SeedLine {
  by: SeedPerson;
  text: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Which line of the same conversation it answers, counted from 0. */
  answers?: number;
}

export interface SeedConversation {
  /** A group has one; without it two people talk. */
  title?: string;
  /** In a group the first is its owner. */
  members: readonly SeedPerson[];
  /** In the order of time. */
  lines: Iterable<SeedLine>;
  /** How many of the last lines these have not read; everybody else has read all. */
  unread?: ReadonlyMap<SeedPerson, number>;
}

/** As many as one commit takes without holding others up for long. */
const linesPerCommit = 1_000;
const allOfIt = [{ fromRev: 0, fromSeq: 0 }];

/**
 * Fills the data of a server that is not running: what people would have done, written through the same port as the server writes,
 * so that nothing in it could not have come about by itself.
 */
export class SeedWorld {
  readonly #storage: Storage;
  readonly #passwords: ReturnType<typeof createPasswordHasher>;

  private constructor(storage: Storage, passwords: ReturnType<typeof createPasswordHasher>) {
    this.#storage = storage;
    this.#passwords = passwords;
  }

  /** Makes the folder, its secrets and its database where they are not there yet. Whoever opens it closes it. */
  static async open(dataDir: string): Promise<SeedWorld> {
    const config = readConfig({ PARLEY_DATA_DIR: dataDir });
    const storage = await openStorage(config, (error) => {
      throw error;
    });
    return new SeedWorld(storage, createPasswordHasher({ pepper: config.secrets.passwordPepper, cost: 12 }));
  }

  async close(): Promise<void> {
    await this.#storage.close();
    await this.#passwords.close();
  }

  async addPerson(person: { name: string; email: string; password: string; at?: number }): Promise<SeedPerson> {
    const { name, email, password, at = Date.now() } = person;
    const userId = mintId();
    const passwordHash = await this.#passwords.hash(password);
    const account = { userId, email, passwordHash, name, profileVersion: 1, createdAt: at };
    if ((await this.#storage.accounts.create(account)) === 'email-taken') throw new Error(`${email} is taken`);
    return { userId, name, email };
  }

  /** `alias`: what the account calls them. */
  async addContact(of: SeedPerson, contact: SeedPerson, alias?: string): Promise<void> {
    await this.#appendToFeed(of, {
      kind: 'contact',
      key: contact.userId,
      email: contact.email,
      directConversationId: directConversationId(of.userId, contact.userId),
      ...(alias !== undefined && { alias }),
    });
  }

  async leaveDraft(of: SeedPerson, conversationId: string, text: string): Promise<void> {
    await this.#appendToFeed(of, { kind: 'draft', key: conversationId, text });
  }

  /** Resolves with the conversation's id. */
  async addConversation({ title, members, lines, unread }: SeedConversation): Promise<string> {
    const [first, second] = members;
    if (first === undefined || second === undefined) throw new Error('A conversation takes two');
    const isGroup = title !== undefined;
    const conversationId = isGroup ? mintId() : directConversationId(first.userId, second.userId);
    const batch = new LineBatch(this.#storage, { conversationId, title, members });
    if (isGroup)
      batch.add(first, Date.now() - 86_400_000 * 30, { kind: 'system', event: { type: 'group-created', title } });
    const ids: string[] = [];
    for (const { by, text, at, answers } of lines) {
      const replyTo = answers === undefined ? undefined : ids[answers];
      ids.push(batch.add(by, at, { kind: 'text', text, ...(replyTo !== undefined && { replyTo }) }));
      if (batch.size === linesPerCommit) await batch.commit();
    }
    await batch.commit();
    const moves = members.map((member) => {
      const read = batch.seq - (unread?.get(member) ?? 0);
      return { userId: member.userId, delivered: batch.seq, read };
    });
    await this.#storage.conversations.moveMarkers({ conversationId, moves, isShared: true });
    return conversationId;
  }

  async #appendToFeed({ userId }: SeedPerson, body: FeedEntryBody): Promise<void> {
    const expectedRev = await this.#storage.feeds.readRev(userId);
    const entries = [{ ...body, rev: expectedRev + 1 } as FeedEntry];
    const outcome = await this.#storage.feeds.commit({ userId, expectedRev, entries, at: Date.now() });
    if (outcome.kind !== 'committed') throw new Error('Something else writes to this data: stop the server first');
  }
}

interface SeededPlace {
  conversationId: string;
  title: string | undefined;
  members: readonly SeedPerson[];
}

/** The lines that go into the next commit. The first commit also makes the conversation. */
class LineBatch {
  readonly #storage: Storage;
  readonly #place: SeededPlace;
  #messages: MessageRecord[] = [];
  #committedRev = 0;
  /** Of the last line. Every line is one change, so its rev is the same number. */
  seq = 0;

  constructor(storage: Storage, place: SeededPlace) {
    this.#storage = storage;
    this.#place = place;
  }

  get size(): number {
    return this.#messages.length;
  }

  /** Answers the line's id. */
  add(by: SeedPerson, at: number, body: MessageRecord['body']): string {
    this.seq += 1;
    const id = mintId({ msecs: at });
    this.#messages.push({ id, seq: this.seq, rev: this.seq, sentRev: this.seq, authorId: by.userId, at, body });
    return id;
  }

  async commit(): Promise<void> {
    const last = this.#messages.at(-1);
    if (last === undefined) return;
    const { conversationId } = this.#place;
    const outcome = await this.#storage.conversations.commit({
      conversationId,
      expectedRev: this.#committedRev,
      head: { rev: last.rev, seq: last.seq, changeId: last.id },
      ...(this.#committedRev === 0 ? this.#beginning() : { members: [], effects: [] }),
      messages: this.#messages,
    });
    if (outcome.kind !== 'committed') throw new Error('This conversation exists already');
    this.#committedRev = last.rev;
    this.#messages = [];
  }

  #beginning(): Pick<ConversationCommit, 'info' | 'members' | 'effects'> {
    const { conversationId, title, members } = this.#place;
    const kind = title === undefined ? ('direct' as const) : ('group' as const);
    const records = members.map(({ userId }, index): MemberRecord => {
      const role = kind === 'group' && index === 0 ? 'owner' : 'member';
      return { userId, role, state: 'in', ranges: allOfIt, rev: 1 };
    });
    const createdAt = this.#messages[0]?.at ?? 0;
    return {
      info: { kind, ...(title !== undefined && { title }), history: 'everything', createdAt, rev: 1 },
      members: records,
      effects: records.map(({ userId, role, state, ranges }) => ({
        userId,
        sourceRev: 1,
        entry: { kind: 'membership', key: conversationId, state, role, ranges },
      })),
    };
  }
}
