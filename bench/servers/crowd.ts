/** How many people there are, and what they talk in: pairs in direct conversations, or all of them in one group. */
export interface CrowdOptions {
  people: number;
  layout: 'pairs' | 'group';
}

/** Somebody the load speaks for. */
export interface Person {
  /** What the socket gives in its handshake. */
  auth: Record<string, unknown>;
  userId: string;
  conversationId: string;
}

/** Where a server keeps its data, if it is not a SQLite database of its own. */
export interface Grounds {
  /** Of the secrets that all processes of the server have in common. */
  dataDir: string;
  databaseUrl: string;
  redisUrl?: string;
  /** Those another process of the server has made already. */
  people?: Person[];
}

export interface StartOptions extends CrowdOptions {
  isCounting?: boolean | undefined;
  grounds?: Grounds | undefined;
}

export interface Started {
  port: number;
  people: Person[];
}
