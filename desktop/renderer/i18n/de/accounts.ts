export const accounts = {
  title: 'Konten',
  text: 'Alle ihre Unterhaltungen stehen in einer Liste.',
  add: 'Konto hinzufügen',
  back: 'Zurück zu den Unterhaltungen',
  use: '{{account}} benutzen',
  useShort: 'Benutzen',
  inUse: 'In Benutzung',
  signOut: 'Abmelden',
  signOutOf: 'Von {{account}} abmelden',
  signIn: 'Anmelden',
  settings: 'Einstellungen',
  of: 'Konto: {{account}}',
};
