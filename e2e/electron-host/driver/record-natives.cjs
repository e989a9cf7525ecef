// Required by the real Electron before the app: what the system would show is shown and recorded, what it would open is only recorded.
// The shape is `NativeRecord` in ../host/native-record.ts.
const { app, dialog, Menu, Notification, shell, Tray } = require('electron');

/** @type {import('../host/native-record.ts').NativeRecord} */
const record = { openedExternally: [], boxes: [], trays: [], notifications: [], popup: undefined };
Object.defineProperty(globalThis, Symbol.for('parley.native-record'), { value: record });

shell.openExternal = async (url) => void record.openedExternally.push(url);
dialog.showErrorBox = (title, content) => void record.boxes.push({ title, content });
dialog.showMessageBox = async (...words) => {
  const { message, detail = '' } = words.at(-1);
  record.boxes.push({ title: message, content: detail });
  return { response: 0, checkboxChecked: false };
};

/**
 * @param {{ prototype: any }} owner
 * @param {string} method
 * @param {(self: any, words: any[]) => void} note
 */
function alsoNote({ prototype }, method, note) {
  const original = prototype[method];
  prototype[method] = function (...words) {
    note(this, words);
    return original.apply(this, words);
  };
}

alsoNote(Notification, 'show', (self) => void record.notifications.push(self));
alsoNote(Notification, 'close', (self) => {
  record.notifications = record.notifications.filter((other) => other !== self);
});
alsoNote(Menu, 'popup', (self) => {
  record.popup = self;
});
// Trays cannot be listed; each is given its menu or its image soon after it was made.
const noteTray = (/** @type {Electron.Tray} */ self) => {
  if (!record.trays.includes(self)) record.trays.push(self);
};
alsoNote(Tray, 'setContextMenu', (self, [menu]) => {
  noteTray(self);
  self.menu = menu;
});
alsoNote(Tray, 'setToolTip', noteTray);
alsoNote(Tray, 'setImage', noteTray);
app.on('will-quit', () => {
  record.trays = [];
});
