import { describe, expect, it } from 'vitest';
import { chooseLanguage, startI18n } from './start-i18n.ts';
import { systemWords } from './system-words.ts';
import { createFormat } from './use-format.ts';

const t = startI18n(chooseLanguage(['en'])).getFixedT('en', 'system');
const context = { myUserId: 'maud', nameOf: (userId: string) => userId, format: createFormat('en-GB') };
const words = (authorId: string, event: Parameters<typeof systemWords>[1]['event']) =>
  systemWords(t, { authorId, event }, context);

describe('what happened to a group', () => {
  it('is told with names, and with "you"', () => {
    expect(words('Ines', { type: 'group-created', title: 'Choir' })).toBe('Ines made the group');
    expect(words('maud', { type: 'group-created', title: 'Choir' })).toBe('You made the group');
    expect(words('Ines', { type: 'members-added', userIds: ['Priya', 'maud'] })).toBe('Ines added Priya and you');
    expect(words('maud', { type: 'member-removed', userId: 'Priya' })).toBe('You removed Priya');
    expect(words('Noor', { type: 'member-left' })).toBe('Noor left');
    expect(words('Noor', { type: 'title-changed', title: 'Altos' })).toBe('Noor named the group “Altos”');
  });

  it('says that what came before stays', () => {
    expect(words('Noor', { type: 'member-removed', userId: 'maud' })).toBe(
      'Noor removed you. What came before stays readable.',
    );
  });
});
