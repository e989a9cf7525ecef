export const controls = {
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
};
