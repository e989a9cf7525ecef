import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { commonErrors } from './define.ts';
import { errorCodes } from './errors.ts';
import { rateNames } from './limits.ts';
import { factList, operationList } from './registry.ts';

const pathFields = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
/** Fields of two paths that stand at the same place are the same place. */
const placeOf = (path: string) => path.replace(/\{\w+\}/g, '{}');

test('every request and every fact has a name of its own', () => {
  const names = [...operationList, ...factList].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('every request can be made somehow', () => {
  expect(operationList.filter((operation) => !operation.overSocket && operation.rest === undefined)).toEqual([]);
});

test('no two requests share a method and a path', () => {
  const routes = operationList.flatMap(({ rest }) =>
    rest === undefined ? [] : [`${rest.method} ${placeOf(rest.path)}`],
  );
  expect(new Set(routes).size).toBe(routes.length);
});

test('requests that make or end the caller do not travel over a socket', () => {
  expect(operationList.filter((operation) => operation.auth === 'none' && operation.overSocket)).toEqual([]);
});

describe.each(operationList.map((operation) => [operation.name, operation] as const))('%s', (_name, operation) => {
  test('refuses only with codes of the list, each named once, and none of those that go without saying', () => {
    expect(operation.errors.filter((code) => !errorCodes.includes(code))).toEqual([]);
    expect(new Set(operation.errors).size).toBe(operation.errors.length);
    expect(operation.errors.filter((code) => (commonErrors as readonly string[]).includes(code))).toEqual([]);
  });

  test('is charged to a bucket that exists', () => {
    expect([undefined, ...rateNames]).toContain(operation.rate);
  });

  test('finds the fields of its path in its input', () => {
    if (operation.rest === undefined) return;
    expect(operation.input).toBeInstanceOf(z.ZodObject);
    const fields = Object.keys((operation.input as z.ZodObject).shape);
    expect(pathFields(operation.rest.path).filter((field) => !fields.includes(field))).toEqual([]);
  });
});
