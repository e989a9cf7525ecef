/** Several accounts, on one server or several. */
export const accounts = {
  title: 'Accounts',
  text: 'All their conversations are in one list.',
  add: 'Add an account',
  back: 'Back to the conversations',
  use: 'Use {{account}}',
  useShort: 'Use',
  inUse: 'In use',
  signOut: 'Sign out',
  signOutOf: 'Sign out of {{account}}',
  signIn: 'Sign in',
  settings: 'Settings',
  of: 'Account: {{account}}',
};
