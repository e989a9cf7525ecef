import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import { externalAddress } from '../security/external-links.ts';
import type { Words } from '../words/en.ts';

export interface ContextMenuOptions {
  words: Words;
  replaceMisspelling(word: string): void;
  learnWord(word: string): void;
  copyText(text: string): void;
}

type Place = Pick<
  ContextMenuParams,
  'editFlags' | 'isEditable' | 'selectionText' | 'linkURL' | 'misspelledWord' | 'dictionarySuggestions'
>;

/** What can be done with what was clicked; empty where there is nothing. */
export function contextMenu(place: Place, options: ContextMenuOptions): MenuItemConstructorOptions[] {
  const groups = [spelling(place, options), editing(place, options), link(place, options)];
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [{ type: 'separator' } as const, ...group]));
}

function spelling(place: Place, options: ContextMenuOptions): MenuItemConstructorOptions[] {
  const { misspelledWord, dictionarySuggestions } = place;
  if (misspelledWord === '') return [];
  return [
    ...dictionarySuggestions.map((word) => ({ label: word, click: () => options.replaceMisspelling(word) })),
    { label: options.words.learnWord, click: () => options.learnWord(misspelledWord) },
  ];
}

function editing({ editFlags, isEditable, selectionText }: Place, { words }: ContextMenuOptions) {
  const copy: MenuItemConstructorOptions = { role: 'copy', label: words.copy, enabled: editFlags.canCopy };
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy];
  return [
    { role: 'undo', label: words.undo, enabled: editFlags.canUndo },
    { role: 'redo', label: words.redo, enabled: editFlags.canRedo },
    { role: 'cut', label: words.cut, enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: words.paste, enabled: editFlags.canPaste },
    { role: 'selectAll', label: words.selectAll, enabled: editFlags.canSelectAll },
  ] satisfies MenuItemConstructorOptions[];
}

function link({ linkURL }: Place, { words, copyText }: ContextMenuOptions): MenuItemConstructorOptions[] {
  const address = externalAddress(linkURL);
  return address === undefined ? [] : [{ label: words.copyLink, click: () => copyText(address) }];
}
