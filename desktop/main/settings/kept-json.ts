import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the file holds; nothing where there is none. One that cannot be read is set aside as `<file>.unreadable`, for whoever wants it back. */
export function readJson(file: string, onUnreadable: (error: unknown) => void): JsonObject {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onUnreadable(error);
    return {};
  }
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value)) throw new TypeError('it is no object');
    return value;
  } catch (error) {
    onUnreadable(error);
    renameSync(file, `${file}.unreadable`);
    return {};
  }
}

/** Replaces the file as a whole: whoever reads it finds what was before or what is now, after a power cut too. */
export function writeJson(file: string, value: JsonObject): void {
  const fresh = `${file}.new`;
  const descriptor = openSync(fresh, 'w', 0o600);
  try {
    writeFileSync(descriptor, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(fresh, file);
}

/** `changes` over `base`, object by object; what `changes` does not name stays. */
export function overlay(base: JsonObject, changes: JsonObject): JsonObject {
  const merged = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const before = base[key];
    merged[key] = isJsonObject(value) && isJsonObject(before) ? overlay(before, value) : value;
  }
  return merged;
}
