import type { Storage } from '../../port/storage.ts';
import { prepareDatabase } from '../prepare-database.ts';
import type { PlantedFault } from './planted-faults.ts';
import { SqliteDataSet } from './sqlite-harness.ts';

/** A sound adapter over a database that plays it a trick: a trigger changes what the worker does out of everybody's sight. */
class TriggeredDataSet extends SqliteDataSet {
  readonly #trigger: string;
  #isPlanted = false;

  constructor(trigger: string) {
    super();
    this.#trigger = trigger;
  }

  override open(): Promise<Storage> {
    if (!this.#isPlanted) {
      const mint = { serverId: 'server 0', epoch: 'epoch 0' };
      const { database } = prepareDatabase({ path: this.path, keyHex: this.key.toString('hex'), mint });
      database.execute(`CREATE TRIGGER trick ${this.#trigger}`);
      database.close();
      this.#isPlanted = true;
    }
    return super.open();
  }
}

function fault(caughtBy: string, trigger: string): PlantedFault {
  return {
    caughtBy,
    harness: {
      async open() {
        const data = new TriggeredDataSet(trigger);
        await data.open();
        return data;
      },
    },
  };
}

const crash = 'D1 D12 a crash before any write';

/** What can go wrong between the journal and the tables, one at a time. */
export const journalFaults: Record<string, PlantedFault> = {
  'the journal does not keep what it was given': fault(crash, 'AFTER INSERT ON journal BEGIN DELETE FROM journal; END'),
  'the journal keeps only the last batch': fault(
    'D12 a crash in the middle of a burst',
    'AFTER INSERT ON journal BEGIN DELETE FROM journal WHERE number < new.number; END',
  ),
  'the journal is emptied without a message going into its table': fault(
    crash,
    'AFTER DELETE ON journal BEGIN DELETE FROM message WHERE place = (SELECT max(place) FROM message); END',
  ),
  'the journal is not emptied': fault(crash, 'BEFORE DELETE ON journal BEGIN SELECT RAISE(IGNORE); END'),
  'heads stay behind when the journal is emptied': fault(
    crash,
    'BEFORE UPDATE OF rev ON conversation BEGIN SELECT RAISE(IGNORE); END',
  ),
};
