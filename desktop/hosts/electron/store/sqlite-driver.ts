import SqliteDatabase from 'better-sqlite3-multiple-ciphers';

export type Value = string | number | null;
export type Row = Record<string, Value>;

/** A compiled statement. Parameters are positional. */
export interface Statement {
  iterate(...values: Value[]): Iterable<Row>;
  run(...values: Value[]): void;
}

/** The connection. This file is the only one that knows the driver. */
export interface Driver {
  statement(sql: string): Statement;
  /** Several statements without parameters. */
  execute(sql: string): void;
  pragma(text: string): Row[];
  isInTransaction(): boolean;
  close(): void;
}
export type OpenDriver = (path: string) => Driver;

/** SQLite's result code (https://sqlite.org/rescode.html), where it was SQLite that failed. */
export function sqliteCode(error: unknown): string | undefined {
  return error instanceof SqliteDatabase.SqliteError ? error.code : undefined;
}

/** Opens the file without touching it. */
export const openDriver: OpenDriver = (path) => {
  const connection = new SqliteDatabase(path, { timeout: 0 });
  return {
    statement(sql) {
      const compiled = connection.prepare<Value[], Row>(sql);
      return {
        iterate: (...values) => compiled.iterate(...values),
        run: (...values) => void compiled.run(...values),
      };
    },
    execute: (sql) => void connection.exec(sql),
    pragma: (text) => connection.pragma(text) as Row[],
    isInTransaction: () => connection.inTransaction,
    close: () => void connection.close(),
  };
};
