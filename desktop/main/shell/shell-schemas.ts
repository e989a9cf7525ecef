import { z } from 'zod';
import type { ShellCommandName } from '../../ipc/shell-api.ts';
import { settingsChangesSchema } from '../settings/settings-schema.ts';

const short = z.string().max(2048);
const nothing = z.strictObject({});

/** What every command takes from a page. */
export const shellSchemas = {
  changeSettings: settingsChangesSchema,
  testNotification: nothing,
  listNotices: nothing,
  showTheme: z.strictObject({ theme: z.enum(['system', 'light', 'dark']) }),
  reportOnScreen: z.strictObject({
    shown: z.strictObject({ account: short, conversationId: short, isAtNewest: z.boolean() }).nullable(),
  }),
  tryKeychain: nothing,
  update: z.strictObject({ step: z.enum(['check', 'download', 'install']) }),
  listLicences: nothing,
} satisfies Record<ShellCommandName, z.ZodType>;
