export const controls = {
  close: 'Schließen',
  cancel: 'Abbrechen',
  save: 'Speichern',
};
