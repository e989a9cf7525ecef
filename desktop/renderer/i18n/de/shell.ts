export const shell = {
  computerTitle: 'Dieser Computer',
  computerText: 'Wie Parley hier startet und endet. Andere Geräte behalten ihres.',
  startsAtLogin: 'Starten, wenn ich mich an diesem Computer anmelde',
  startsHidden: 'Ohne Fenster starten',
  startsHiddenText: 'Parley wartet verbunden im Infobereich.',
  startsHiddenNoTray: 'Hier gibt es keinen Infobereich, also erscheint das Fenster trotzdem.',
  closesToTray: 'Weiterlaufen, wenn das Fenster geschlossen wird',
  closesToTrayText: 'Parley bleibt im Infobereich, und du hörst weiter von neuen Nachrichten.',
  closesToTrayNoTray: 'Hier gibt es keinen Infobereich: Das Fenster zu schließen beendet Parley.',
  aboutTitle: 'Über Parley',
  aboutText: 'Ein Messenger, den Menschen selbst betreiben.',
  version: 'Version',
  platform: 'Gemacht für',
  platformName: { mac: 'macOS', windows: 'Windows', linux: 'Linux' },
  madeOf: 'Woraus Parley besteht',
  findLicence: 'Paket oder Lizenz suchen',
  noLicence: 'Nichts zu „{{query}}“ hier.',
  licences_one: '{{number}} Paket',
  licences_other: '{{number}} Pakete',
  keychainTitle: 'Nach dem Schließen von Parley musst du dich neu anmelden',
  keychainText:
    'Der Schlüsselbund dieses Computers ist gesperrt oder fehlt, darum bleibt nichts gespeichert. Was noch nicht gesendet ist, geht beim Schließen verloren. Entsperre ihn, versuche es noch einmal und melde dich neu an.',
  keychainWaiting:
    'Ein neuer Versuch würde jetzt verlieren, was noch nicht gesendet ist. Warte, bis alles den Server erreicht hat, und versuche es dann.',
  keychainStill:
    'Der Schlüsselbund lässt sich weiter nicht öffnen. Solange geht beim Schließen verloren, was noch nicht gesendet ist.',
  tryAgain: 'Noch einmal versuchen',
  memoryText:
    'Der Schlüsselbund dieses Computers ist nicht zu benutzen. Was noch nicht gesendet ist, geht beim Schließen verloren.',
  cannotNotifyTitle: 'Dieser Computer zeigt keine Benachrichtigungen von Parley',
  cannotNotifyText:
    'Neue Nachrichten kommen hier weiter an und werden gezählt. Sieh in den Einstellungen des Systems für Benachrichtigungen nach.',
  tryNotice: 'Test senden',
  noticesOffTitle: 'Von neuen Nachrichten hören',
  noticesOffText: 'Benachrichtigungen sind auf diesem Computer ausgeschaltet.',
  turnOn: 'Einschalten',
  notNow: 'Nicht jetzt',
};
