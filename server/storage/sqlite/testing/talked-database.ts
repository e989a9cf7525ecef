import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleCommit, exampleInfo, exampleMessage, mintId } from '../../conformance/examples.ts';
import type { ConversationCommit, CommitOutcome } from '../../port/conversations.ts';
import { createBatchRunner, type BatchAnswer } from '../batch.ts';
import { flattenCommit } from '../commit-codec.ts';
import type { Database } from '../database.ts';
import { createOperations, type OperationName, type OperationTable } from '../operations/operations.ts';
import { prepareDatabase } from '../prepare-database.ts';

const key = randomBytes(32).toString('hex');

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'parley-journal-'));
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true });

/** What the worker does, in this thread: nothing happens unless it is asked for. */
export class TalkedDatabase {
  readonly path: string;
  readonly database: Database;
  readonly #runner: ReturnType<typeof createBatchRunner>;
  /** Runs before every step that writes. */
  beforeStep: () => void = () => undefined;

  constructor(path: string) {
    this.path = path;
    this.database = prepareDatabase({ path, keyHex: key, mint: { serverId: 's', epoch: 'e' } }, undefined, () =>
      this.beforeStep(),
    ).database;
    this.#runner = createBatchRunner(this.database, createOperations(this.database), () => undefined);
  }

  commit(...commits: ConversationCommit[]): BatchAnswer {
    return this.#runner.run(commits.flatMap((commit) => ['conversations.commit', flattenCommit(commit)]));
  }

  /** Of one call that is expected to go well. */
  ask<K extends OperationName>(name: K, argument: Parameters<OperationTable[K]>[0]): ReturnType<OperationTable[K]> {
    const { answers, failures } = this.#runner.run([name, argument]);
    if (failures[0] !== undefined) throw new Error(failures[0][2]);
    return answers[0] as ReturnType<OperationTable[K]>;
  }

  settle(): Error | undefined {
    return this.#runner.settle();
  }

  /** How many steps that write `work` takes. */
  countSteps(work: () => unknown): number {
    let steps = 0;
    this.beforeStep = () => (steps += 1);
    work();
    this.beforeStep = () => undefined;
    return steps;
  }

  countRows(table: 'journal' | 'message'): number {
    return Number(this.database.statement(`SELECT count(*) AS count FROM ${table}`).get()?.['count']);
  }

  close(): void {
    this.database.close();
  }
}

/** A conversation whose next commits are made as somebody who knows its head would make them. */
export class Talk {
  readonly conversationId = mintId();
  readonly messageIds: string[] = [];
  #rev = 0;

  begin(): ConversationCommit {
    return { ...this.say('The beginning'), info: exampleInfo() };
  }

  say(text = 'Hello', id = mintId()): ConversationCommit {
    const expectedRev = this.#rev;
    this.#rev += 1;
    this.messageIds.push(id);
    const seq = this.messageIds.length;
    const message = exampleMessage({ id, rev: this.#rev, seq, body: { kind: 'text', text } });
    return this.#commit(expectedRev, message);
  }

  /** A new version of what was said at `seq`. */
  edit(seq: number, text: string): ConversationCommit {
    const expectedRev = this.#rev;
    this.#rev += 1;
    const id = this.messageIds[seq - 1] ?? '';
    return this.#commit(
      expectedRev,
      exampleMessage({ id, rev: this.#rev, sentRev: seq, seq, body: { kind: 'text', text } }),
    );
  }

  #commit(expectedRev: number, message: ConversationCommit['messages'][number]): ConversationCommit {
    return exampleCommit({
      conversationId: this.conversationId,
      expectedRev,
      head: { rev: this.#rev, seq: this.messageIds.length, changeId: message.id },
      messages: [message],
    });
  }
}

export const committed: CommitOutcome | 0 = 0;
