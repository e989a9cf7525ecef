import type { Fact, Operation } from '@parley/shared/contract/define.ts';
import { factList, operationList } from '@parley/shared/contract/registry.ts';
import { errorClasses } from '@parley/shared/contract/errors.ts';
import { z } from 'zod';
import { escapeHtml, page } from './page.ts';

const code = (text: string) => `<code>${escapeHtml(text)}</code>`;

function schemaBlock(label: string, schema: z.ZodType, io: 'input' | 'output'): string {
  const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }), null, 2);
  return `<details><summary>${label}</summary><pre>${escapeHtml(text)}</pre></details>`;
}

function operationBlock(operation: Operation): string {
  const rest = operation.rest === undefined ? '' : ` ${code(`${operation.rest.method} ${operation.rest.path}`)}`;
  const roads = `${operation.overSocket ? 'socket ' : ''}${rest}`;
  const errors = operation.errors.map(code).join(' ');
  return `<section><h3>${code(operation.name)}</h3><p>${escapeHtml(operation.summary)}</p><p>${roads} · auth: ${operation.auth}${errors === '' ? '' : ` · refuses with ${errors}`}</p>${schemaBlock('Input', operation.input, 'input')}${schemaBlock('Output', operation.output, 'output')}</section>`;
}

function factBlock(fact: Fact): string {
  return `<section><h3>${code(fact.name)}</h3><p>${escapeHtml(fact.summary)}</p>${schemaBlock('Payload', fact.payload, 'output')}</section>`;
}

/** Everything the wire can say, made from the contract. */
export function docsPage(): string {
  const errors = Object.entries(errorClasses).map(([name, kind]) => `<tr><td>${code(name)}</td><td>${kind}</td></tr>`);
  const body = [
    '<h1>Parley: the wire</h1>',
    `<p>Every answer is <code>{"ok":true,"data":…}</code> or <code>{"ok":false,"error":{"code","message","retryAfterMs"?}}</code>. The REST half as <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>`,
    `<h2>Requests</h2>${operationList.map(operationBlock).join('')}`,
    `<h2>Facts</h2>${factList.map(factBlock).join('')}`,
    `<h2>Error codes</h2><table>${errors.join('')}</table>`,
  ].join('');
  return page('Parley: the wire', body, '/api/docs/style.css');
}

export const docsStyle = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}main{max-width:56rem;margin:0 auto;padding:2rem 1rem}section{border-top:1px solid #8884;padding:.5rem 0}pre{overflow:auto;padding:.75rem;background:#8881;border-radius:.5rem}code{font-family:ui-monospace,monospace}td{padding:.1rem 1rem .1rem 0}summary{cursor:pointer}`;
