import { app } from './app.ts';
import { auth } from './auth.ts';
import { controls } from './controls.ts';
import { connection } from './connection.ts';
import { details } from './details.ts';
import { errors } from './errors.ts';
import { keyboard } from './keyboard.ts';
import { list } from './list.ts';
import { names } from './names.ts';
import { people } from './people.ts';
import { settings } from './settings.ts';
import { system } from './system.ts';
import { thread } from './thread.ts';

export const en = {
  app,
  auth,
  controls,
  connection,
  details,
  errors,
  keyboard,
  list,
  names,
  people,
  settings,
  system,
  thread,
};
