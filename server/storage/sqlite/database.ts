import SqliteDatabase from 'better-sqlite3-multiple-ciphers';

export type Value = string | number | null;
export type Row = Record<string, Value>;

/** A compiled statement. Parameters are positional. */
export interface Statement {
  get(...values: Value[]): Row | undefined;
  all(...values: Value[]): Row[];
  /** Answers how many rows it changed. */
  run(...values: Value[]): number;
}

/** The connection, and the only place that knows the driver. */
export interface Database {
  /** Compiles once; the caller keeps what it gets. */
  statement(sql: string): Statement;
  /** Several statements without parameters. */
  execute(sql: string): void;
  pragma(text: string): Row[];
  isInTransaction(): boolean;
  close(): void;
}

/** A failure that SQLite itself reported; `code` is its result code (https://sqlite.org/rescode.html). */
export function sqliteCode(error: unknown): string | undefined {
  return error instanceof SqliteDatabase.SqliteError ? error.code : undefined;
}

/** Opens the file without touching it. `beforeWrite` runs before every step that writes; it may not come back. */
export function openDatabase(path: string, beforeWrite?: () => void): Database {
  const connection = new SqliteDatabase(path, { timeout: 0 });
  const counted = <A extends unknown[], R>(run: (...values: A) => R): ((...values: A) => R) => {
    if (beforeWrite === undefined) return run;
    return (...values) => {
      beforeWrite();
      return run(...values);
    };
  };
  return {
    statement(sql) {
      const compiled = connection.prepare<Value[], Row>(sql);
      return {
        get: (...values) => compiled.get(...values),
        all: (...values) => compiled.all(...values),
        run: counted((...values: Value[]) => compiled.run(...values).changes),
      };
    },
    execute: counted((sql: string) => void connection.exec(sql)),
    pragma: (text) => connection.pragma(text) as Row[],
    isInTransaction: () => connection.inTransaction,
    close: () => void connection.close(),
  };
}
