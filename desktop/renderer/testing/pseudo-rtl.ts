import { en } from '../i18n/en/index.ts';
import type { Language } from '../i18n/start-i18n.ts';
import type { Translation } from '../i18n/translation.ts';

type Words = string | { readonly [key: string]: Words };

/** Longer by a third, and framed, so that a sentence that was never translated stands out. */
function stretched(words: Words): Words {
  if (typeof words !== 'string') {
    return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, stretched(value)]));
  }
  const length = words.replaceAll(/\{\{.*?\}\}/g, '').length;
  return `⟦${words}${'·'.repeat(Math.ceil(length / 3))}⟧`;
}

/** English under the rules of Arabic: the whole interface from right to left. */
export const pseudoRtl: Language = {
  code: 'ar',
  name: 'Pseudo',
  direction: 'rtl',
  translation: stretched(en) as unknown as Translation,
};
