export const app = {
  appName: 'Parley',
  titleWithUnread: '({{unread}}) Parley',
  countBeyond: '{{count}}+',
  memoryTitle: 'Nothing is kept on this device',
  memoryText: 'This browser offers no safe storage here. What waits to be sent is lost when Parley closes.',
  elsewhereTitle: 'Parley is open in another tab',
  elsewhereText: 'Only one tab can look after your messages at a time.',
  useHere: 'Use it here',
  startFailedTitle: 'Parley couldn’t start here',
  startFailedText: 'Something on this device refused. Loading the page again often helps.',
  loadAgain: 'Load again',
};
