/** What the app is called by the systems it runs on; packages and running app have to say the same. */
export const identity = {
  productName: 'Parley',
  executableName: 'parley',
  /** The bundle identifier on macOS and the AppUserModelID on Windows, without which it shows no notification. */
  appId: 'chat.parley.app',
  /** Joins windows, notifications and badges to the launcher on Linux. */
  desktopName: 'chat.parley.app.desktop',
  /** Of deep links. */
  linkScheme: 'parley',
  /** Says on the command line that no window is wanted. */
  startHiddenWord: '--hidden',
} as const;
