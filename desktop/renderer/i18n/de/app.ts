export const app = {
  appName: 'Parley',
  titleWithUnread: '({{unread}}) Parley',
  countBeyond: '{{count}}+',
  memoryTitle: 'Auf diesem Gerät bleibt nichts gespeichert',
  memoryText:
    'Dieser Browser bietet hier keinen sicheren Speicher. Was noch nicht gesendet ist, geht beim Schließen verloren.',
  elsewhereTitle: 'Parley ist in einem anderen Tab offen',
  elsewhereText: 'Nur ein Tab kann sich gleichzeitig um deine Nachrichten kümmern.',
  useHere: 'Hier benutzen',
  startFailedTitle: 'Parley konnte hier nicht starten',
  startFailedText: 'Etwas auf diesem Gerät hat sich geweigert. Oft hilft es, die Seite neu zu laden.',
  loadAgain: 'Neu laden',
};
