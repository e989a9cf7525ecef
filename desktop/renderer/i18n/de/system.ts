export const system = {
  groupCreated: '{{who}} hat die Gruppe angelegt',
  groupCreated_you: 'Du hast die Gruppe angelegt',
  membersAdded: '{{who}} hat {{people}} hinzugefügt',
  membersAdded_you: 'Du hast {{people}} hinzugefügt',
  memberRemoved: '{{who}} hat {{people}} entfernt',
  memberRemoved_you: 'Du hast {{people}} entfernt',
  removedYou: '{{who}} hat dich entfernt. Was vorher war, bleibt lesbar.',
  memberLeft: '{{who}} ist ausgetreten',
  memberLeft_you: 'Du bist ausgetreten',
  titleChanged: '{{who}} hat die Gruppe „{{title}}“ genannt',
  titleChanged_you: 'Du hast die Gruppe „{{title}}“ genannt',
  youObject: 'dich',
};
