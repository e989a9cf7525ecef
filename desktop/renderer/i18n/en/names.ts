export const names = {
  you: 'You',
  someone: 'Someone',
};
