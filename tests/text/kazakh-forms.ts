/**
 * All forms of Kazakh nouns and verbs by the grammar tables, with the right allomorph of each suffix: what a stemmer must bring back
 * together. A capital letter in a suffix is decided by the stem: A а/е, Y ы/і, Q қ/к by harmony; at its beginning by the final sound
 * too: G ғ/г/қ/к, D д/т, L plural л/д/т, N genitive н/д/т, C accusative н/д/т, n ablative д/н/т, M м/б/п of negation, m м/б/п of
 * copula and instrumental.
 */

const BACK = /[аоұыяё]/;
const FRONT = /[әеөүіэ]/;

type Final = "V" | "R" | "L" | "N" | "Z" | "T";

function finalOf(word: string): Final {
  const last = word.at(-1)!;
  if (/[аеоыіәэя]/.test(last)) return "V";
  if (/[рйуию]/.test(last)) return "R";
  if (last === "л") return "L";
  if (/[мнң]/.test(last)) return "N";
  return /[зжғ]/.test(last) ? "Z" : "T";
}

/** Harmony of the last vowel; и, у and ю take that of the vowel before. */
function isFront(word: string): boolean {
  for (const letter of [...word].reverse()) {
    if (BACK.test(letter)) return false;
    if (FRONT.test(letter)) return true;
  }
  return true;
}

/** The capital letters by the final sound of what they follow. */
const CHOICES: Readonly<Record<string, Readonly<Record<Final, string>>>> = {
  L: { V: "л", R: "л", L: "д", N: "д", Z: "д", T: "т" },
  N: { V: "н", R: "д", L: "д", N: "н", Z: "д", T: "т" },
  n: { V: "д", R: "д", L: "д", N: "н", Z: "д", T: "т" },
  C: { V: "н", R: "д", L: "д", N: "д", Z: "д", T: "т" },
  D: { V: "д", R: "д", L: "д", N: "д", Z: "д", T: "т" },
  M: { V: "м", R: "м", L: "м", N: "б", Z: "б", T: "п" },
  m: { V: "м", R: "м", L: "м", N: "м", Z: "б", T: "п" },
};

/** Voices the last letter and drops the vowel where the suffix begins with a vowel. */
function beforeVowel(stem: string, dropped: string): string {
  if (dropped !== "") return dropped;
  if (!/[аәоөұүыіеуи][қкп]$/.test(stem)) return stem;
  return stem.replace(/қ$/, "ғ").replace(/к$/, "г").replace(/п$/, "б");
}

/** @param dropped the stem before a vowel where that is irregular, else "" */
export function attach(stem: string, suffix: string, dropped = ""): string {
  if (suffix === "") return stem;
  const final = finalOf(stem);
  const front = isFront(stem);
  const shaped = [...suffix].map((letter, at) => {
    if (letter === "A") return front ? "е" : "а";
    if (letter === "Y") return front ? "і" : "ы";
    if (letter === "G") return final === "T" ? (front ? "к" : "қ") : front ? "г" : "ғ";
    if (letter === "Q") return front ? "к" : "қ";
    return at === 0 ? (CHOICES[letter]?.[final] ?? letter) : letter;
  });
  const text = shaped.join("");
  return (/^[аеыі]/.test(text) ? beforeVowel(stem, dropped) : stem) + text;
}

const POSSESSIVES: readonly (readonly [afterVowel: string, afterConsonant: string])[] = [
  ["", ""],
  ["м", "Yм"],
  ["ң", "Yң"],
  ["ңYз", "YңYз"],
  ["сY", "Y"],
  ["мYз", "YмYз"],
];
const CASES = ["", "NYң", "CY", "GA", "DA", "nAн", "mен"];
const CASES_AFTER_THIRD = ["", "нYң", "н", "нA", "ндA", "нAн", "мен"];
const COPULAS = ["mYн", "сYң", "mYз", "сYңдAр"];

/** Singular and plural, with every possessive and case, and with copulas after nominative and locative. `word` may be "ауыз/ауз". */
export function nounForms(word: string): string[] {
  const [stem, dropped = ""] = word.split("/") as [string, string?];
  const forms: string[] = [];
  for (const number of [stem, attach(stem, "LAр")]) {
    const drop = number === stem ? dropped : "";
    for (const [person, [afterVowel, afterConsonant]] of POSSESSIVES.entries()) {
      const owned = attach(number, finalOf(number) === "V" ? afterVowel : afterConsonant, drop);
      for (const [k, suffix] of (person === 4 ? CASES_AFTER_THIRD : CASES).entries()) {
        const dative = k === 3 && (person === 1 || person === 2);
        const form = attach(owned, dative ? "A" : suffix);
        forms.push(form);
        if (k === 0 || k === 4) for (const copula of COPULAS) forms.push(attach(form, copula));
      }
    }
  }
  return forms;
}

/** After a vowel, after a consonant. */
const VERB_SUFFIXES: readonly (readonly [string, string])[] = [
  ["ңдAр", "YңдAр"],
  ["ңYз", "YңYз"],
  ["ңYздAр", "YңYздAр"],
  ["йYQ", "AйYQ"],
  ["йYн", "AйYн"],
  ["п", "Yп"],
  ["пт{Y}", "YптY"],
  ["йтYн", "AтYн"],
  ...["мYн", "дY", "мYз", "сYңдAр", "сYз"].map((person) => [`й${person}`, `A${person}`] as const),
  ...["мYн", "мYз", "сYңдAр"].map((person) => [`р${person}`, `Aр${person}`] as const),
  ...[
    ...["сYн", "GYр", "GAй", "GAлY", "GAншA", "GYм келеді", "GYсY келеді"],
    ...["", "м", "ң", "Q", "ңYз", "ңдAр"].flatMap((person) => [`сA${person}`, `DY${person}`]),
    ...["", "мYн", "сYң", "дAр", "ы", "дA", "шA"].map((rest) => `GAн${rest.replace("ы", "Y")}`),
    ...["", "ңдAр", "ңYз", "йYQ", "й", "с", "сYн", "GAн", "йдY", "ймYз", "дY"].map((rest) => `MA${rest}`),
    ...["MAQ", "MAQпYн", "MAQпYз"],
  ].map((suffix) => [suffix, suffix] as const),
];

/** Moods and tenses with their persons, negated ones, the infinitive and its cases. */
export function verbForms(stem: string): string[] {
  const vowel = finalOf(stem) === "V";
  const forms = VERB_SUFFIXES.map(([afterVowel, afterConsonant]) => {
    const suffix = (vowel ? afterVowel : afterConsonant).replace("{Y}", "Y").split(" ")[0]!;
    // Inside a suffix G follows what stands before it there: after the negation's vowel and after н it is voiced.
    const inner = suffix.indexOf("G", 1);
    return inner > 0 ? attach(attach(stem, suffix.slice(0, inner)), suffix.slice(inner)) : attach(stem, suffix);
  });
  const infinitive = `${/[ыі]$/.test(stem) ? stem.slice(0, -1) : beforeVowel(stem, "")}у`;
  const front = isFront(stem);
  return [
    ...forms,
    infinitive,
    `${infinitive}${front ? "ге" : "ға"}`,
    `${infinitive}${front ? "ді" : "ды"}`,
    `${infinitive}${front ? "і" : "ы"}`,
  ];
}
