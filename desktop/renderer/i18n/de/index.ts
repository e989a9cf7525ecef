import type { Translation } from '../translation.ts';
import { auth } from './auth.ts';
import { common } from './common.ts';
import { connection } from './connection.ts';
import { details } from './details.ts';
import { errors } from './errors.ts';
import { keyboard } from './keyboard.ts';
import { list } from './list.ts';
import { people } from './people.ts';
import { settings } from './settings.ts';
import { system } from './system.ts';
import { thread } from './thread.ts';

export const de: Translation = {
  auth,
  common,
  connection,
  details,
  errors,
  keyboard,
  list,
  people,
  settings,
  system,
  thread,
};
