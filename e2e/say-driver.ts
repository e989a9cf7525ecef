import { driverName } from './electron-host/start-desktop-app.ts';

/** Playwright's global setup: a run says what it ran on. */
export default function sayDriver(): void {
  console.log(`The desktop app runs on ${driverName}.`);
}
