import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';

/** Checks what leaves the server against the contract; in production nothing is checked. */
export interface OutputCheck {
  /** Throws where `value` is not exactly what the schema says, unknown keys included. */
  assert(name: string, schema: z.ZodType, value: unknown): void;
  readonly violations: readonly string[];
}

const withoutUndefined = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

export function createOutputCheck(isOn: boolean): OutputCheck {
  const violations: string[] = [];
  function refuse(name: string, problem: string): never {
    violations.push(`${name}: ${problem}`);
    throw new Error(`What ${name} sends is not what the contract says: ${problem}`);
  }
  return {
    violations,
    assert(name, schema, value) {
      if (!isOn) return;
      const parsed = schema.safeParse(value);
      if (!parsed.success) {
        refuse(name, parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
      }
      if (!isDeepStrictEqual(withoutUndefined(parsed.data), withoutUndefined(value))) {
        refuse(name, 'it holds more than the schema names');
      }
    },
  };
}
