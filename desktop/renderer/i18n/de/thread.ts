export const thread = {
  composerPlaceholder: 'Nachricht an {{name}}',
};
