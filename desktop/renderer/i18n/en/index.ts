import { accounts } from './accounts.ts';
import { app } from './app.ts';
import { auth } from './auth.ts';
import { controls } from './controls.ts';
import { connection } from './connection.ts';
import { details } from './details.ts';
import { errors } from './errors.ts';
import { keyboard } from './keyboard.ts';
import { list } from './list.ts';
import { names } from './names.ts';
import { notifications } from './notifications.ts';
import { people } from './people.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { system } from './system.ts';
import { thread } from './thread.ts';

export const en = {
  accounts,
  app,
  auth,
  controls,
  connection,
  details,
  errors,
  keyboard,
  list,
  names,
  notifications,
  people,
  settings,
  shell,
  system,
  thread,
};
