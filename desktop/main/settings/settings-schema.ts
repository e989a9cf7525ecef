import { z } from 'zod';
import type { NoticePreferences, ShellSettings } from '../../ipc/shell-api.ts';

const minute = z.int().min(0).max(1439);

/** The greatest time that `Date` knows: "until I say otherwise". */
const time = z.number().min(0).max(8.64e15);

const noticePreferencesSchema = z.strictObject({
  isOn: z.boolean(),
  choice: z.enum(['all', 'mentions', 'nothing']),
  shows: z.enum(['message', 'name', 'nothing']),
  hasSound: z.boolean(),
  quietHours: z.strictObject({ isOn: z.boolean(), fromMinute: minute, untilMinute: minute }),
  snoozedUntil: time,
}) satisfies z.ZodType<NoticePreferences>;

/** As pages and the file give them. */
export const settingsSchema = z.strictObject({
  notifications: noticePreferencesSchema,
  startsAtLogin: z.boolean(),
  startsHidden: z.boolean(),
  closesToTray: z.boolean(),
}) satisfies z.ZodType<ShellSettings>;

/** What a page changes of them. */
export const settingsChangesSchema = settingsSchema
  .partial()
  .extend({ notifications: noticePreferencesSchema.partial().optional() });

/** Before anybody has changed anything. */
export function defaultSettings(hasTray: boolean): ShellSettings {
  return {
    notifications: {
      isOn: true,
      choice: 'all',
      shows: 'message',
      hasSound: true,
      quietHours: { isOn: false, fromMinute: 22 * 60, untilMinute: 7 * 60 },
      snoozedUntil: 0,
    },
    startsAtLogin: false,
    startsHidden: true,
    closesToTray: hasTray,
  };
}
