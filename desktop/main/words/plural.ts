type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Says how many, in the form the language has for that number; `{{count}}` stands for it. */
export function plural(language: string, forms: Forms): (count: number) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count) => (forms[rules.select(count)] ?? forms.other).replace('{{count}}', numbers.format(count));
}
