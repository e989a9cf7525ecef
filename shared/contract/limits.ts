import { z } from 'zod';

/** Sizes that are part of the wire: no configuration raises them. */
export const wireLimits = {
  emailMaxChars: 254,
  passwordMinChars: 8,
  passwordMaxChars: 256,
  nameMaxChars: 80,
  titleMaxChars: 120,
  /** UTF-16 code units, as `String.length` counts. */
  messageMaxChars: 20_000,
  draftMaxChars: 20_000,
  /** People named in one request that creates a group or adds members. */
  membersPerChange: 30,
  pageMaxMessages: 100,
  /** Conversation cursors in one `sync.conversations`. */
  cursorsPerSync: 500,
  /** An answer to a sync request stays below this, and says that there is more. */
  syncAnswerMaxBytes: 512 * 1024,
  presenceMaxPeople: 100,
  profilesMaxPeople: 100,
  receiptsMaxMessages: 50,
  /** Up to this many members every marker is pushed; above it authors ask for counts. */
  sharedMarkersMaxMembers: 50,
} as const;

/** A token bucket: `burst` at once, refilled at `perSecond`. */
export const rateSchema = z.object({ perSecond: z.number().positive(), burst: z.int().positive() });
export type Rate = z.infer<typeof rateSchema>;

/** The buckets a request may be charged to, with what a server allows where its configuration says nothing else. */
export const defaultRates = {
  messages: { perSecond: 10, burst: 30 },
  changes: { perSecond: 5, burst: 30 },
  contacts: { perSecond: 20 / 86_400, burst: 20 },
  reads: { perSecond: 20, burst: 100 },
  markers: { perSecond: 10, burst: 50 },
  typing: { perSecond: 1, burst: 5 },
  presence: { perSecond: 2, burst: 10 },
  drafts: { perSecond: 2, burst: 20 },
  sync: { perSecond: 10, burst: 60 },
} as const satisfies Record<string, Rate>;

export type RateName = keyof typeof defaultRates;
export const rateNames = Object.keys(defaultRates) as [RateName, ...RateName[]];

/** What the handshake tells a client, so that it paces itself and refuses early what the server would refuse. */
export const limitsSchema = z.object({
  maxGroupMembers: z.int().positive(),
  messageMaxChars: z.int().positive(),
  rates: z.record(z.string(), rateSchema),
});
export type Limits = z.infer<typeof limitsSchema>;
