/** What happened to a group, in Parley's voice. `_you`: the reader did it; `To_you`: it was done to the reader. */
export const system = {
  groupCreated: '{{who}} made the group',
  groupCreated_you: 'You made the group',
  membersAdded: '{{who}} added {{people}}',
  membersAdded_you: 'You added {{people}}',
  memberRemoved: '{{who}} removed {{people}}',
  memberRemoved_you: 'You removed {{people}}',
  removedYou: '{{who}} removed you. What came before stays readable.',
  memberLeft: '{{who}} left',
  memberLeft_you: 'You left',
  titleChanged: '{{who}} named the group “{{title}}”',
  titleChanged_you: 'You named the group “{{title}}”',
  youObject: 'you',
};
