import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../server/config/read-config.ts';
import { rateVariables } from '../server/config/read-rates.ts';
import { variables } from '../server/config/variables.ts';
import { projectRoot } from './run-command.ts';

// There need not be a Docker where this runs: what can be seen without one.
const inProject = (path: string) => join(projectRoot, path);
const read = (path: string) => readFileSync(inProject(path), 'utf8');
const known = new Set([...Object.keys(variables), ...Object.keys(rateVariables)]);

describe('deploy/Dockerfile', () => {
  const lines = read('deploy/Dockerfile').replaceAll('\\\n', ' ').split('\n');
  const stages = new Set<string>();
  const instructions = lines.flatMap((line) => {
    const [, name = '', rest = ''] = /^([A-Z]+) +(.*)$/.exec(line) ?? [];
    const [, stage] = (name === 'FROM' && / AS (\w+)/.exec(rest)) || [];
    if (stage !== undefined) stages.add(stage);
    return name === '' ? [] : [{ name, rest }];
  });
  const all = (name: string) => instructions.filter((one) => one.name === name).map(({ rest }) => rest);
  const ignored = read('deploy/Dockerfile.dockerignore').trim().split('\n');

  test('what it copies is there, and is not kept from it', () => {
    const copies = all('COPY').filter((rest) => !rest.startsWith('--from='));
    const sources = copies.flatMap((rest) => rest.split(/ +/).slice(0, -1));
    expect(sources.length).toBeGreaterThan(8);
    for (const source of sources)
      expect([source, existsSync(inProject(source)), ignored.includes(source)]).toEqual([source, true, false]);
    const named = all('COPY').flatMap((rest) => /^--from=(\w+)/.exec(rest)?.[1] ?? []);
    expect([...stages]).toEqual(expect.arrayContaining(named));
  });

  test('it runs as nobody special, with one volume, and says how it is', () => {
    expect([all('USER'), all('VOLUME')]).toEqual([['node'], ['/data']]);
    expect(all('HEALTHCHECK')[0]).toContain('/health/ready');
    expect(all('CMD').at(-1)).toBe('["node", "server/main.ts"]');
  });

  test('what it sets are variables of Parley, with values it takes', () => {
    const set = Object.fromEntries(
      all('ENV').flatMap((rest) => [...rest.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value]) => [name, value])),
    );
    delete set['NODE_ENV'];
    for (const name of Object.keys(set)) expect(known).toContain(name);
    expect(set['PARLEY_DATA_DIR']).toBe('/data');
  });
});

test('deploy/parley.service lets the server write into its data folder only, and installs nothing', () => {
  const lines = read('deploy/parley.service').split('\n');
  const dataDir = /PARLEY_DATA_DIR=(.*)/.exec(read('deploy/parley.service'))?.[1];
  expect(lines).toEqual(expect.arrayContaining(['ProtectSystem=strict', `ReadWritePaths=${dataDir}`, 'User=parley']));
  const [, command = ''] = /^ExecStart=\S+ node (.*)$/m.exec(read('deploy/parley.service')) ?? [];
  expect(command.split(' ').map((path) => existsSync(inProject(path)))).toEqual([true, true]);
  expect(lines.filter((line) => /^ExecStartPre|npm/.test(line))).toEqual([]);
});

describe('deploy/compose.yaml', () => {
  interface Service {
    image: string;
    environment?: Record<string, string>;
    volumes?: string[];
    depends_on?: Record<string, unknown>;
  }
  const text = read('deploy/compose.yaml');
  const { services, volumes } = parse(text, { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, null>;
  };

  test('two servers, MongoDB, Redis and nginx find each other', () => {
    expect(Object.keys(services)).toEqual(expect.arrayContaining(['parley-1', 'parley-2', 'mongo', 'redis', 'nginx']));
    for (const [name, { depends_on: needs = {}, volumes: mounts = [] }] of Object.entries(services)) {
      for (const needed of Object.keys(needs))
        expect([name, Object.keys(services)]).toEqual([name, expect.arrayContaining([needed])]);
      for (const mount of mounts) {
        const [source = ''] = mount.split(':');
        const isThere = source.startsWith('.') ? existsSync(inProject(join('deploy', source))) : source in volumes;
        expect([mount, isThere]).toEqual([mount, true]);
      }
    }
    const upstream = read('deploy/nginx/parley-upstream.compose.conf');
    for (const name of ['parley-1', 'parley-2']) expect(upstream).toContain(`server ${name}:7440`);
    for (const url of [
      services['parley-1']?.environment?.['DATABASE_URL'],
      services['parley-1']?.environment?.['REDIS_URL'],
    ])
      expect(services).toHaveProperty(new URL(url ?? '').hostname);
  });

  test('one address is to be edited, and the rest is a configuration that Parley takes', () => {
    const { environment = {} } = services['parley-1'] ?? {};
    expect(services['parley-2']?.environment).toEqual(environment);
    expect(text.match(/example\.org/g)).toHaveLength(1);
    for (const name of Object.keys(environment)) expect(known).toContain(name);
    const unsaid = Object.entries(environment).map(([name, value]) => [name, value.replace(/^\$\{\w+:-(.*)\}$/, '$1')]);
    const checked = { ...Object.fromEntries(unsaid), PARLEY_DATA_DIR: join(projectRoot, 'test-results', 'compose') };
    expect(readConfig(checked)).toMatchObject({
      notices: [],
      publicUrl: environment['PARLEY_PUBLIC_URL'],
      registration: 'closed',
    });
  });
});
