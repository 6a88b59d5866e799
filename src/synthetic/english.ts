/** English forms: of names from their dictionary row, of verbs from their principal parts, and the article before. */

/** @param row singular, plural, adjective; forms by number, "sg" and "pl", and "attr" */
export function englishNameForms(row: readonly [singular: string, plural: string, adjective: string]): Map<string, string> {
  return new Map([
    ["sg", row[0]],
    ["pl", row[1]],
    ["attr", row[2]],
  ]);
}

/** @param parts "base past participle ing", the participle a dash where it is the past */
export function englishVerbForms(parts: string): Map<string, string> {
  const [base, past, participle, ing] = parts.split(" ") as [string, string, string, string];
  return new Map([
    ["base", base],
    ["past", past],
    ["participle", participle === "-" ? past : participle],
    ["ing", ing],
  ]);
}

/** a and an: by the next word's first letter; u is a vowel as it sounds in Uzbek, not as in Ukrainian and Uyghur, which begin with a glide. */
export function article(before: string, next: string): string {
  if (!/^an?$/i.test(before)) return before;
  return before[0]! + (/^[aeio]|^u(?!kr|yg|ni)/i.test(next) ? "n" : "");
}
