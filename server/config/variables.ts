import { isIP } from 'node:net';
import { z } from 'zod';

/** One variable of the environment. `expects` completes the sentence "NAME is ...". */
export interface Variable<T extends z.ZodType = z.ZodType> {
  schema: T;
  expects: string;
  about: string;
  /** What holds where it is not given; left out where the schema or `about` says it. */
  byDefault?: string;
  aliases?: readonly string[];
  isSecret?: boolean;
}

function variable<T extends z.ZodType>(entry: Variable<T>): Variable<T> {
  return entry;
}

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const count = (min: number, max: number) => z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(min).max(max));
const origin = z
  .string()
  .refine((url) => /^https?:/.test(url) && URL.canParse(url) && new URL(url).origin === url.replace(/\/$/, ''));

/** What `proxy-addr` takes. */
function isSubnet(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  const widest = version === 4 ? 32 : 128;
  return version > 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= widest));
}

/** Every variable the server reads. Each can also be given as NAME_FILE, the path of a file that holds the value. */
export const variables = {
  PARLEY_DATA_DIR: variable({
    schema: z.string().min(1).default('./data'),
    expects: 'a folder',
    about: 'Where the server keeps its data, its secrets and its logs.',
  }),
  HOST: variable({
    schema: z.string().min(1).default('127.0.0.1'),
    expects: 'an address to listen on, such as 127.0.0.1 or 0.0.0.0',
    about: 'The address to listen on.',
    aliases: ['PARLEY_HOST'],
  }),
  PORT: variable({
    schema: count(0, 65_535).default(7440),
    expects: 'a whole number from 0 to 65535',
    about: 'The port to listen on.',
    aliases: ['PARLEY_PORT'],
  }),
  DATABASE_URL: variable({
    schema: z.string().optional(),
    expects: 'a database address that begins with sqlite: or mongodb:',
    about:
      'Where the data is kept: `sqlite:<path>` or `mongodb://<host>/<name>`. By default a file in the data folder.',
    aliases: ['PARLEY_DATABASE_URL', 'MONGO_URI', 'MONGODB_URI'],
    isSecret: true,
  }),
  REDIS_URL: variable({
    schema: z
      .string()
      .refine((url) => /^rediss?:\/\//.test(url) && URL.canParse(url))
      .optional(),
    expects: 'a Redis address that begins with redis: or rediss:',
    about:
      'Connects the processes that serve one MongoDB, the same for all of them. Without it one process has the database to itself.',
    isSecret: true,
  }),
  PARLEY_PUBLIC_URL: variable({
    schema: origin.optional(),
    expects: 'the address people open, such as https://chat.example.org, without a path',
    about: 'The address people open.',
  }),
  PARLEY_ALLOWED_ORIGINS: variable({
    schema: list.pipe(z.array(origin)).optional(),
    expects: 'a comma-separated list of origins, such as https://chat.example.org',
    about: 'Further origins whose pages may use this server.',
  }),
  PARLEY_REGISTRATION: variable({
    schema: z.enum(['open', 'closed']).optional(),
    expects: '`open` or `closed`',
    about: 'Whether people may register. By default `open` on a loopback address and `closed` elsewhere.',
  }),
  PARLEY_DISCOVERY: variable({
    schema: z.enum(['members', 'exact-email', 'off']).default('exact-email'),
    expects: '`members`, `exact-email` or `off`',
    about: 'How people who are signed in find each other.',
  }),
  PARLEY_MAX_GROUP_MEMBERS: variable({
    schema: count(2, 100_000).default(1_000),
    expects: 'a whole number from 2 to 100000',
    about: 'How many people a group may have.',
  }),
  PARLEY_REGISTRATIONS_PER_HOUR: variable({
    schema: count(1, 1_000_000).default(60),
    expects: 'a whole number from 1',
    about: 'How many accounts may be made from one network in an hour.',
  }),
  PARLEY_SOCKETS_PER_ADDRESS: variable({
    schema: count(1, 1_000_000).default(500),
    expects: 'a whole number from 1',
    about: 'How many sockets one address may hold.',
  }),
  PARLEY_SOCKETS_PER_USER: variable({
    schema: count(1, 10_000).default(30),
    expects: 'a whole number from 1 to 10000',
    about: 'How many sockets one account may hold.',
  }),
  PARLEY_TRUSTED_PROXIES: variable({
    schema: list.pipe(z.array(z.string().refine(isSubnet))).optional(),
    expects: 'a comma-separated list of addresses and subnets, such as 10.0.0.0/8, or `loopback`',
    about: 'Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.',
  }),
  LOG_LEVEL: variable({
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    expects: 'one of fatal, error, warn, info, debug, trace, silent',
    about: 'How much is logged.',
  }),
  PARLEY_LOG: variable({
    schema: z.enum(['file', 'stdout', 'stderr']).default('file'),
    expects: '`file`, `stdout` or `stderr`',
    about: 'Where the log goes, as lines of JSON: by default to logs/server.log in the data folder.',
  }),
  PARLEY_METRICS_TOKEN: variable({
    schema: z.string().min(16).optional(),
    expects: 'at least 16 characters',
    about: 'Opens `/metrics` to whoever sends it as a bearer token. Without it there is no such page.',
    isSecret: true,
  }),
  PARLEY_DRAIN_SECONDS: variable({
    schema: count(0, 300).default(10),
    expects: 'a whole number from 0 to 300',
    about: 'How long a server that is told to stop waits for what it is doing before it cuts it off.',
  }),
  PARLEY_DATABASE_KEY: variable({
    schema: list.optional(),
    expects: 'a strong secret of at least 32 characters, or several separated by commas',
    about:
      'Encrypts the database: the first seals, all of them open. By default generated and kept in the data folder, as the following ones.',
    isSecret: true,
  }),
  PARLEY_ACCESS_TOKEN_KEYS: variable({
    schema: list.optional(),
    expects: 'a comma-separated list of strong secrets of at least 32 characters each',
    about: 'Signs access tokens: the first signs, all are accepted.',
    aliases: ['JWT_SECRET'],
    isSecret: true,
  }),
  PARLEY_REFRESH_KEY: variable({
    schema: z.string().optional(),
    expects: 'a strong secret of at least 32 characters',
    about: 'Makes refresh tokens. A new one signs everybody out.',
    isSecret: true,
  }),
  PARLEY_PASSWORD_PEPPER: variable({
    schema: z.string().optional(),
    expects: 'a strong secret of at least 32 characters',
    about: 'Goes into the hash of every password. A new one makes all passwords wrong.',
    isSecret: true,
  }),
  PARLEY_THROTTLE_KEY: variable({
    schema: z.string().optional(),
    expects: 'a strong secret of at least 32 characters',
    about: 'Hides addresses where tries to sign in are counted.',
    isSecret: true,
  }),
} as const;

/** Variables of other projects that mean nothing here, each with what holds instead. */
export const ignoredVariables: Readonly<Record<string, string>> = Object.fromEntries(
  ['URL', 'CLOUD_NAME', 'API_KEY', 'API_SECRET'].map((name) => [
    `CLOUDINARY_${name}`,
    'this version of Parley keeps no files, so there is nothing to hand to Cloudinary.',
  ]),
);

export type VariableName = keyof typeof variables;
export type VariableValues = { [N in VariableName]: z.output<(typeof variables)[N]['schema']> };
