import { createMetrics } from './create-metrics.ts';

interface Described {
  name: string;
  help: string;
  type: string;
  labelNames?: readonly string[];
}

function rowOf({ name, type, labelNames = [], help }: Described): string {
  return `| \`${name}\` | ${type} | ${labelNames.map((label) => `\`${label}\``).join(', ')} | ${help} |`;
}

/** `docs/metrics.md` */
export function writeMetricsReference(): string {
  const { registry } = createMetrics({ version: '', isDraining: () => false });
  const all = registry.getMetricsAsArray() as unknown as Described[];
  const [ours, nodes] = [true, false].map((isOurs) => all.filter(({ name }) => name.startsWith('parley_') === isOurs));
  const tableOf = (metrics: Described[] = []) =>
    ['| metric | type | labels | what it means |', '|---|---|---|---|', ...metrics.map(rowOf)].join('\n');
  return `# Metrics

Made by \`npm run reference\` from server/metrics/create-metrics.ts.

With \`PARLEY_METRICS_TOKEN\` set, \`GET /metrics\` answers in Prometheus' text format to whoever sends that token
(\`Authorization: Bearer ...\`), and 401 to anybody else. Without it there is no such page, and nothing is counted. Each process tells of itself: scrape
every one of them, not the proxy in front.

\`\`\`yaml
scrape_configs:
  - job_name: parley
    authorization: { credentials: the-token }
    static_configs: [{ targets: ['127.0.0.1:7440'] }]
\`\`\`

Worth an alert: \`parley_storage_troubles_total\` above 0; \`parley_requests_total{outcome="unavailable"}\` or \`{outcome="internal"}\` rising;
\`nodejs_eventloop_lag_p99_seconds\` above 0.2 for minutes.

## Parley

${tableOf(ours)}

## The process

${tableOf(nodes)}
`;
}
