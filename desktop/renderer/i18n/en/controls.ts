export const controls = {
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  saved: 'Saved',
  nameTooLong_one: '{{over}} character more than a name may have',
  nameTooLong_other: '{{over}} characters more than a name may have',
};
