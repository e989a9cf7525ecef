export const controls = {
  close: 'Schließen',
  cancel: 'Abbrechen',
  save: 'Speichern',
  saved: 'Gespeichert',
  nameTooLong_one: '{{over}} Zeichen mehr, als ein Name haben darf',
  nameTooLong_other: '{{over}} Zeichen mehr, als ein Name haben darf',
};
