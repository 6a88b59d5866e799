/** Russian forms by grammar: names of peoples and their adjectives by declension, verbs from their principal parts. */

const CASES = ["nom", "gen", "dat", "acc", "ins", "loc"] as const;

/** Endings by case, singular and plural, of men and so animate: the accusative is the genitive. "-" is none. */
const DECLENSIONS: Readonly<Record<string, readonly [singular: string, plural: string]>> = {
  hard: ["- а у а ом е", "ы ов ам ов ами ах"],
  /** The genitive plural is the bare stem. */
  bare: ["- а у а ом е", "ы - ам - ами ах"],
  hushing: ["- а у а ем е", "и ей ам ей ами ах"],
  anin: ["ин ина ину ина ином ине", "е - ам - ами ах"],
  arin: ["ин ина ину ина ином ине", "ы - ам - ами ах"],
  /** No -ин in the singular, but -е in the plural. */
  an: ["- а у а ом е", "е - ам - ами ах"],
  ets: ["ец ца цу ца цем це", "цы цев цам цев цами цах"],
  yets: ["ец йца йцу йца йцем йце", "йцы йцев йцам йцев йцами йцах"],
  soft: ["й я ю я ем е", "и ев ям ев ями ях"],
  /** A fleeting vowel, and the genitive plural as the nominative singular. */
  ok: ["ок ка ку ка ком ке", "ки ок кам ок ками ках"],
  adjective: ["ий ого ому ого им ом", "ие их им их ими их"],
};
const ADJECTIVE = "ий ого ому им ом ая ой ую ое ие их ими".split(" ");

const joined = (stem: string, ending: string): string => {
  const form = stem + (ending === "-" ? "" : ending);
  return form.replace(/([гкхжшщч])ы$/, "$1и");
};

/**
 * Forms by case and number, "acc.pl", and of the adjective by its ending: "attr.ие".
 * @param declension a key of the table above
 * @param adjective its stem, "узбекск"; absent: none
 * @throws RangeError of an unknown declension
 */
export function russianNameForms(stem: string, declension: string, adjective?: string): Map<string, string> {
  const endings = DECLENSIONS[declension];
  if (endings === undefined) throw new RangeError(`no declension ${declension}`);
  const forms = new Map<string, string>();
  endings.forEach((row, number) => {
    const list = row.split(" ");
    CASES.forEach((name, k) => {
      forms.set(`${name}.${number === 0 ? "sg" : "pl"}`, joined(stem, list[k]!));
    });
  });
  if (adjective !== undefined) for (const ending of ADJECTIVE) forms.set(`attr.${ending}`, adjective + ending);
  return forms;
}

/**
 * Forms of a verb by mood and person: "infinitive", "imperative.2pl", "present.3pl", "past.pl".
 * @param parts "infinitive 1sg 2sg 3pl imperative past": убить убью убьёшь убьют убей убил; a feminine past after it where its stem is another
 */
export function russianVerbForms(parts: string): Map<string, string> {
  const [infinitive, first, second, third, imperative, past, feminine = `${past!}а`] = parts.split(" ");
  const stem = second!.replace(/шь$/, "");
  return new Map([
    ["infinitive", infinitive!],
    ["present.1sg", first!],
    ["present.3sg", `${stem}т`],
    ["present.1pl", `${stem}м`],
    ["present.3pl", third!],
    ["imperative.2sg", imperative!],
    ["imperative.2pl", `${imperative!}те`],
    ["past.m", past!],
    ["past.f", feminine],
    ["past.pl", feminine.replace(/а$/, "и")],
  ]);
}

/** о and об: by the sound that the next word begins with. */
export function beforeWord(preposition: string, next: string): string {
  if (!/^об?$/i.test(preposition)) return preposition;
  return preposition[0]! + (/^[аоуиэ]/i.test(next) ? "б" : "");
}
