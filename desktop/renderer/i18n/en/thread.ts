export const thread = {
  composerPlaceholder: 'Message {{name}}',
};
