/**
 * Kazakh forms by grammar: vowel harmony and the consonants that meet choose the one right allomorph. What lexicons match is wider;
 * here every form is one that people write.
 */

/** Columns: after a vowel; after р, й, у; л; a nasal; a voiced consonant; a voiceless one. Of a pair the second is front. */
const CASES = {
  nom: "/",
  gen: "ның/нің дың/дің дың/дің ның/нің дың/дің тың/тің",
  dat: "ға/ге ға/ге ға/ге ға/ге ға/ге қа/ке",
  acc: "ны/ні ды/ді ды/ді ды/ді ды/ді ты/ті",
  loc: "да/де да/де да/де да/де да/де та/те",
  abl: "дан/ден дан/ден дан/ден нан/нен дан/ден тан/тен",
  ins: "мен/мен мен/мен мен/мен мен/мен бен/бен пен/пен",
} as const;
const PLURAL = "лар/лер лар/лер дар/дер дар/дер дар/дер тар/тер";
const NEGATION = "ма/ме ма/ме ма/ме ба/бе ба/бе па/пе";
const PAST = "ды/ді ды/ді ды/ді ды/ді ды/ді ты/ті";
const DONE = "ған/ген ған/ген ған/ген ған/ген ған/ген қан/кен";

/** The column of the tables that the word's last letter asks for. */
function endOf(word: string): number {
  const last = word.at(-1)!;
  if ("аәеоөыіэёя".includes(last)) return 0;
  if ("рйуию".includes(last)) return 1;
  if (last === "л") return 2;
  if ("мнң".includes(last)) return 3;
  return "зжғ".includes(last) ? 4 : 5;
}

/** и, у, ю say nothing of harmony: the vowel before does, and where there is none the word is front unless it has қ or ғ. */
export function isFront(word: string): boolean {
  const vowels = [...word].filter((letter) => "аоұыяёәеөүіэ".includes(letter));
  return vowels.length === 0 ? !/[қғ]/.test(word) : "әеөүіэ".includes(vowels.at(-1)!);
}

function take(word: string, table: string, front = isFront(word)): string {
  const pairs = table.split(" ");
  return word + (pairs[Math.min(endOf(word), pairs.length - 1)]!.split("/")[front ? 1 : 0] ?? "");
}

/** An ending written back, made front after a front word. */
function harmonic(word: string, ending: string, front = isFront(word)): string {
  return word + (front ? ending.replaceAll("а", "е").replaceAll("ы", "і").replaceAll("қ", "к").replaceAll("ғ", "г") : ending);
}

/**
 * Forms of a noun by case and number: "acc.pl". The bare word is "attr" too: Kazakh names stand before a noun as they are.
 * @param front where the word's own vowels mislead, as of loans; absent: by its vowels
 */
export function kazakhNounForms(word: string, front: boolean = isFront(word)): Map<string, string> {
  const forms = new Map<string, string>([["attr", word]]);
  const plural = take(word, PLURAL, front);
  for (const [name, endings] of Object.entries(CASES)) {
    forms.set(`${name}.pl`, take(plural, endings, front));
    forms.set(`${name}.sg`, take(word, endings, front));
  }
  return forms;
}

/** қ, к, п between vowels are voiced. */
function voiced(stem: string): string {
  const soft = { қ: "ғ", к: "г", п: "б" }[stem.at(-1)!];
  return soft === undefined || !/[аәоөұүыіеуи].$/.test(stem) ? stem : stem.slice(0, -1) + soft;
}

const spell = (form: string): string => form.replaceAll("йа", "я").replaceAll("йу", "ю");

/** After a vowel and after a consonant, by mood and person. */
const JOINED: Readonly<Record<string, readonly [afterVowel: string, afterConsonant: string]>> = {
  "imperative.2pl": ["ңдар", "ыңдар"],
  "imperative.2polite": ["ңыздар", "ыңыздар"],
  hortative: ["йық", "айық"],
  "intent.1sg": ["йын", "айын"],
  "present.1sg": ["ймын", "амын"],
  "present.1pl": ["ймыз", "амыз"],
  "present.3": ["йды", "ады"],
  "aorist.1pl": ["рмыз", "армыз"],
  converb: ["п", "ып"],
  prospective: ["йтын", "атын"],
};
/** The same after any stem. */
const AFTER: Readonly<Record<string, string>> = {
  jussive: "сын",
  "conditional.3": "са",
  "conditional.1pl": "сақ",
  "conditional.2pl": "саңдар",
};
const NEGATED: Readonly<Record<string, string>> = {
  "imperative.2sg": "",
  "imperative.2pl": "ңдар",
  "imperative.2polite": "ңыздар",
  hortative: "йық",
  jussive: "сын",
  "present.1pl": "ймыз",
  "present.3": "йды",
  "conditional.1pl": "сақ",
  infinitive: "у",
  converb: "й",
  done: "ған",
};

/** Forms of a verb by mood and person: "imperative.2pl", "not.hortative". The bare stem is not among them: most are nouns as well. */
export function kazakhVerbForms(stem: string): Map<string, string> {
  const forms = new Map<string, string>();
  const vowel = endOf(stem) === 0;
  const soft = vowel ? stem : voiced(stem);
  for (const [name, [afterVowel, afterConsonant]] of Object.entries(JOINED)) {
    forms.set(name, spell(vowel ? harmonic(stem, afterVowel) : harmonic(soft, afterConsonant, isFront(stem))));
  }
  for (const [name, ending] of Object.entries(AFTER)) forms.set(name, harmonic(stem, ending));
  const infinitive = spell(vowel ? `${/[ыі]$/.test(stem) ? stem.slice(0, -1) : stem}у` : `${soft}у`);
  forms.set("infinitive", infinitive);
  for (const [name, ending] of [
    ["dat", "ға"],
    ["acc", "ды"],
  ] as const)
    forms.set(`infinitive.${name}`, harmonic(infinitive, ending, isFront(stem)));
  forms.set("past.3", take(stem, PAST));
  const done = take(stem, DONE);
  forms.set("done", done);
  forms.set("done.3", harmonic(done, "ы"));
  const not = take(stem, NEGATION);
  for (const [name, ending] of Object.entries(NEGATED)) forms.set(`not.${name}`, harmonic(not, ending));
  return forms;
}

/** Words whose vowel or consonant follows the word before: and, too; the particle of questions. */
const TOO = ["да", "де", "та", "те"];
const ASKING = ["ма", "ме", "ба", "бе", "па", "пе"];

/** A particle as it is written after `word`; anything else as it is. */
export function afterWord(word: string, next: string, front: boolean = isFront(word)): string {
  if (TOO.includes(next)) return (endOf(word) === 5 ? ["та", "те"] : ["да", "де"])[front ? 1 : 0]!;
  return ASKING.includes(next) ? take(word, NEGATION, front).slice(word.length) : next;
}
