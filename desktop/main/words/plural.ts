type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** They take milliseconds to make, and most starts need none. */
const made: Record<string, ReturnType<typeof countingIn>> = {};

function countingIn(language: string) {
  return { rules: new Intl.PluralRules(language), numbers: new Intl.NumberFormat(language) };
}

/** Says how many, in the form the language has for that number; `{{count}}` stands for it. */
export function plural(language: string, forms: Forms): (count: number) => string {
  return (count) => {
    const { rules, numbers } = (made[language] ??= countingIn(language));
    return (forms[rules.select(count)] ?? forms.other).replace('{{count}}', numbers.format(count));
  };
}
