export const common = {
  appName: 'Parley',
  close: 'Schließen',
  cancel: 'Abbrechen',
  save: 'Speichern',
  saved: 'Gespeichert',
  back: 'Zurück',
  you: 'Du',
  countBeyond: '{{count}}+',
  someone: 'Jemand',
  titleWithUnread: '({{unread}}) Parley',
  skipToMessage: 'Zum Nachrichtenfeld springen',
  memoryTitle: 'Auf diesem Gerät bleibt nichts gespeichert',
  memoryText:
    'Dieser Browser bietet hier keinen sicheren Speicher. Was noch nicht gesendet ist, geht beim Schließen verloren.',
  elsewhereTitle: 'Parley ist in einem anderen Tab offen',
  elsewhereText: 'Nur ein Tab kann sich gleichzeitig um deine Nachrichten kümmern.',
  useHere: 'Hier benutzen',
};
