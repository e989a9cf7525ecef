export const names = {
  you: 'Du',
  someone: 'Jemand',
};
