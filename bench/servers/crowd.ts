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

export interface Started {
  port: number;
  people: Person[];
}
