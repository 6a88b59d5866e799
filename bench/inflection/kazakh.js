/**
 * Kazakh forms by grammar: harmony and allomorph tables of the reference grammar, written apart from lexicons/paradigms.json and
 * choosing the one right allomorph, where the lexicon's paradigms take any.
 */

/** What a stem ends in: vowel, glide or р, л, nasal, voiced, voiceless. */
function endOf(word) {
  const last = word.at(-1);
  if ("аәеоөыіэёя".includes(last)) return "vowel";
  if ("рйуию".includes(last)) return "glide";
  if (last === "л") return "l";
  if ("мнң".includes(last)) return "nasal";
  return "зжғ".includes(last) ? "voiced" : "voiceless";
}

/** Whether endings are front; и, у, ю take after the vowel before, and where there is none after қ and ғ. */
function front(word) {
  const vowels = [...word].filter((letter) => "аоұыяёәеөүіэ".includes(letter));
  return vowels.length === 0 ? !/[қғ]/.test(word) : "әеөүіэ".includes(vowels.at(-1));
}

/** Rows: vowel, glide, l, nasal, voiced, voiceless; each back/front. */
const ENDS = ["vowel", "glide", "l", "nasal", "voiced", "voiceless"];
const table = (text) => text.split(" ").map((pair) => pair.split("/"));
const TABLES = {
  plural: table("лар/лер лар/лер дар/дер дар/дер дар/дер тар/тер"),
  genitive: table("ның/нің дың/дің дың/дің ның/нің дың/дің тың/тің"),
  accusative: table("ны/ні ды/ді ды/ді ды/ді ды/ді ты/ті"),
  dative: table("ға/ге ға/ге ға/ге ға/ге ға/ге қа/ке"),
  locative: table("да/де да/де да/де да/де да/де та/те"),
  ablative: table("дан/ден дан/ден дан/ден нан/нен дан/ден тан/тен"),
  instrumental: table("мен/мен мен/мен мен/мен мен/мен бен/бен пен/пен"),
  negation: table("ма/ме ма/ме ма/ме ба/бе ба/бе па/пе"),
  intention: table("мақ/мек мақ/мек мақ/мек бақ/бек бақ/бек пақ/пек"),
  first: table("мын/мін мын/мін мын/мін мын/мін бын/бін пын/пін"),
  firstPlural: table("мыз/міз мыз/міз мыз/міз быз/біз быз/біз пыз/піз"),
  past: table("ды/ді ды/ді ды/ді ды/ді ды/ді ты/ті"),
  participle: table("ған/ген ған/ген ған/ген ған/ген ған/ген қан/кен"),
  wish: table("ғы/гі ғы/гі ғы/гі ғы/гі ғы/гі қы/кі"),
  curse: table("ғыр/гір ғыр/гір ғыр/гір ғыр/гір ғыр/гір қыр/кір"),
  optative: table("ғай/гей ғай/гей ғай/гей ғай/гей ғай/гей қай/кей"),
  since: table("ғалы/гелі ғалы/гелі ғалы/гелі ғалы/гелі ғалы/гелі қалы/келі"),
  until: table("ғанша/генше ғанша/генше ғанша/генше ғанша/генше ғанша/генше қанша/кенше"),
  like: table("дай/дей дай/дей дай/дей дай/дей дай/дей тай/тей"),
};

function take(word, name) {
  return word + TABLES[name][ENDS.indexOf(endOf(word))][front(word) ? 1 : 0];
}

/** An ending whose vowels only follow harmony: written back, said front after a front stem. */
function harmonic(word, ending) {
  return word + (front(word) ? ending.replaceAll("а", "е").replaceAll("ы", "і").replaceAll("қ", "к").replaceAll("ғ", "г") : ending);
}

/** The stem before a vowel: к, қ, п are voiced; of a pair "халық/халқ" the second. */
function voiced(stem) {
  if (stem.length < 3 || !/[аәоөұүыіеуи][қкп]$/.test(stem)) return stem;
  return stem.slice(0, -1) + { қ: "ғ", к: "г", п: "б" }[stem.at(-1)];
}

function owned(word, person, loan) {
  const vowel = endOf(word) === "vowel";
  const before = loan ? word : voiced(word);
  if (person === "third") return vowel ? harmonic(word, "сы") : harmonic(before, "ы");
  const ending = { me: "м", you: "ң", polite: "ңыз", us: "мыз" }[person];
  return vowel ? harmonic(word, ending) : harmonic(before, `ы${ending}`);
}

const COPULA = ["first", "firstPlural"];
const PERSONS = ["сың", "сыз", "сыңдар", "сыздар"];

function cases(word, person) {
  if (person === "third")
    return [word, ...["ның", "н", "на", "нда", "нан"].map((ending) => harmonic(word, ending)), `${word}мен`, harmonic(word, "ндағы")];
  const dative = person === "me" || person === "you" ? harmonic(word, "а") : take(word, "dative");
  const locative = take(word, "locative");
  const oblique = ["genitive", "accusative", "ablative", "instrumental", "like"].map((name) => take(word, name));
  return [word, dative, locative, ...oblique, harmonic(locative, "ғы")];
}

/**
 * All forms of a noun: number, possessive, case, and the copula on nominative and locative.
 * @param options plural: no singular (names whose singular is also a country or another word); loan: no voicing at the stem's end
 */
export function nounForms(stem, { plural = false, loan = false } = {}) {
  const forms = [];
  for (const number of plural ? [take(stem, "plural")] : [stem, take(stem, "plural")]) {
    for (const person of [undefined, "me", "you", "polite", "third", "us"]) {
      const word = person ? owned(number, person, loan && number === stem) : number;
      const row = cases(word, person);
      forms.push(...row);
      if (person !== undefined) continue;
      for (const host of [row[0], row[2]]) {
        forms.push(...COPULA.map((name) => take(host, name)), ...PERSONS.map((ending) => harmonic(host, ending)));
      }
    }
  }
  return [...new Set(forms)];
}

/** Joins й and a following а or у into one letter. */
const spell = (form) => form.replace(/йа/g, "я").replace(/йу/g, "ю");

/** @returns pairs [form, mood] of a verb. */
export function verbForms(stem) {
  const vowel = endOf(stem) === "vowel";
  const soft = voiced(stem);
  /** After a vowel the first ending, after a consonant the second. */
  const join = (afterVowel, afterConsonant) => spell(vowel ? harmonic(stem, afterVowel) : harmonic(soft, afterConsonant));
  const forms = [];
  const add = (mood, ...words) => forms.push(...words.map((word) => [word, mood]));
  const people = (word, endings) => endings.map((ending) => harmonic(word, ending));

  add("bare", stem);
  add("imperative", harmonic(stem, "шы"));
  for (const ending of ["ңдар", "ңыз", "ңыздар", "ңдаршы", "ңызшы"]) add("imperative", join(ending, `ы${ending}`));
  add("hortative", join("йық", "айық"), join("йықшы", "айықшы"));
  add("intent", join("йын", "айын"), join("ймын", "амын"), join("ймыз", "амыз"), join("рмын", "армын"), join("рмыз", "армыз"));
  const plan = take(stem, "intention");
  add("intent", take(plan, "first"), take(plan, "firstPlural"), harmonic(take(stem, "wish"), "м"), harmonic(take(stem, "wish"), "мыз"));
  add("jussive", harmonic(stem, "сын"), harmonic(stem, "сыншы"), take(stem, "curse"), take(stem, "optative"));
  const infinitive = spell(vowel ? `${/[ыі]$/.test(stem) ? stem.slice(0, -1) : stem}у` : `${soft}у`);
  add("infinitive", infinitive);
  const nominal = (ending) => infinitive + (front(stem) ? ending.replaceAll("а", "е").replaceAll("ы", "і").replace("ғ", "г") : ending);
  add("infinitive", nominal("ымыз"), nominal("лары"));
  add("nominal", ...["ы", "ға", "ды", "дың", "да", "дан", "мен", "ын", "ына", "ының", "шы", "шылар"].map(nominal));
  add("converb", join("п", "ып"), join("й", "а"));
  const condition = harmonic(stem, "са");
  add("conditional", condition, ...people(condition, ["м", "ң", "ңыз", "қ", "ңдар", "ңыздар"]));
  const past = take(stem, "past");
  add("indicative", past, ...people(past, ["м", "ң", "ңыз", "қ", "ңдар", "ңыздар"]));
  const done = take(stem, "participle");
  add("indicative", done, take(done, "first"), take(done, "firstPlural"), take(done, "plural"), ...people(done, PERSONS));
  add("indicative", ...["dative", "locative", "ablative", "accusative", "genitive"].map((name) => take(done, name)), harmonic(done, "ы"));
  add("indicative", ...["сың", "сыз", "сыңдар", "сыздар", "ды"].map((ending) => join(`й${ending}`, `а${ending}`)));
  add("indicative", join("р", "ар"), join("рсың", "арсың"), join("пты", "ыпты"), plan, take(stem, "since"), take(stem, "until"));
  add("prospective", join("йтын", "атын"));
  const not = take(stem, "negation");
  add("negated", not, ...people(not, ["ңдар", "ңыз", "ңыздар", "йық", "йын", "сын", "й", "у", "ймын", "ймыз", "йды", "йсың", "йсыңдар"]));
  add("negated", ...people(not, ["с", "спын", "спыз", "ды", "дық", "дыңдар", "са", "сақ", "ған", "ғандар", "йтын", "пты", "ғай"]));
  return forms;
}

/** As a keyboard without the nine Kazakh letters gives it; `other` where і is typed ы. */
export function typedPlain(form, other = false) {
  const plain = { ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: other ? "ы" : "и" };
  return form.replace(/[әғқңөұүһі]/g, (letter) => plain[letter]);
}
