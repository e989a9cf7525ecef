import { parseSync, Visitor } from 'oxc-parser';

export interface Import {
  specifier: string;
  line: number;
}

/** Every module a source names: imports, re-exports, dynamic imports and types, whether used at run time or not. */
export function importsOf(file: string, source: string): Import[] {
  const found: Import[] = [];
  const add = (from: { value: unknown; start: number } | null): void => {
    if (typeof from?.value !== 'string') return;
    found.push({ specifier: from.value, line: source.slice(0, from.start).split('\n').length });
  };
  const visitor = new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source.type === 'Literal' ? node.source : null),
    TSImportType: (node) => add(node.source),
  });
  visitor.visit(parseSync(file, source).program);
  return found;
}
