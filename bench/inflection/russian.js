/** Russian forms by grammar: declension of names by type, conjugation from the principal parts of each verb, participles declined. */

const join = (stem, endings) => endings.split(" ").map((ending) => stem + (ending === "-" ? "" : ending));
/** ы after velars and sibilants is и. */
const hard = (stem) => /[гкхжшщч]$/.test(stem);

/** Nominative, genitive ... of both numbers of masculine names; what each type does in the plural is its own. */
const MASCULINE = {
  /** узбек */
  hard: (stem) => [...join(stem, "- а у ом е ам ами ах ов"), stem + (hard(stem) ? "и" : "ы")],
  /** грузин, genitive plural as the singular */
  bare: (stem) => [...join(stem, "- а у ом е ам ами ах"), stem + (hard(stem) ? "и" : "ы")],
  /** ингуш */
  hushing: (stem) => join(stem, "- а у ем е и ей ам ами ах"),
  /** дунганин, дунгане */
  anin: (stem) => [...join(`${stem}ин`, "- а у ом е"), ...join(stem, "е - ам ами ах")],
  /** татарин, татары */
  arin: (stem) => [...join(`${stem}ин`, "- а у ом е"), ...join(stem, "ы - ам ами ах")],
  /** чеченец, чеченца */
  ets: (stem) => [`${stem}ец`, ...join(`${stem}ц`, "а у ем е ы ев ам ами ах")],
  /** китаец, китайца */
  yets: (stem) => [`${stem}ец`, ...join(`${stem}йц`, "а у ем е ы ев ам ами ах")],
  /** еврей */
  soft: (stem) => join(stem, "й я ю ем е и ев ям ями ях"),
};

/** A name in -ка: its genitive plural puts a vowel in, е after sibilants. */
function feminine(word) {
  const stem = word.slice(0, -1);
  const root = stem.slice(0, -1);
  const fleeting = /[жшч]$/.test(root) ? `${root}ек` : /[ьй]$/.test(root) ? `${root.slice(0, -1)}ек` : `${root}ок`;
  return [...join(stem, "а и е у ой ою ам ами ах"), fleeting];
}

const LONG = "ий ого ому им ом ая ой ую ою ое ие их ими";
/** Endings of a full adjective: hard, after sibilants, after velars. */
function adjective(stem) {
  if (/[жшщч]$/.test(stem)) return join(stem, "ий его ему им ем ая ей ую ею ее ие их ими");
  if (/[гкх]$/.test(stem)) return join(stem, LONG);
  return join(stem, "ый ого ому ым ом ая ой ую ою ое ые ых ыми");
}

/** Plural forms of the adjective of a people: their houses, families, villages. */
const pluralAdjective = (stem) => join(stem, "ие их им ими");

/** @param name type, stem, and the feminine and adjective where there are */
export function nameForms({ type, stem, woman, adjective: of }) {
  return [...new Set([...MASCULINE[type](stem), ...(woman ? woman.split(" ").flatMap(feminine) : []), ...(of ? pluralAdjective(of) : [])])];
}

/** Kazakh plural and case after a Russian name, as mixed speech has them. @param name its form before the ending */
export function mixedForms(name) {
  const vowel = [...name].filter((letter) => "аоуыэяёюие".includes(letter)).at(-1);
  const front = "эеи".includes(vowel);
  const last = name.at(-1);
  const plural = /[рйаеоуыи]$/.test(last) ? "лар" : /[лмнз]$/.test(last) ? "дар" : "тар";
  const endings = ["", "ды", "ға", "дың", "да", "дан", "мен", "ы", "ын", "ымыз"];
  return endings.map((ending) => {
    const whole = plural + ending;
    return name + (front ? whole.replaceAll("а", "е").replaceAll("ы", "і").replace("ғ", "г") : whole);
  });
}

/**
 * All forms of a verb as pairs [form, mood].
 * @param parts "infinitive 1sg 2sg 3pl imperative past-m past-f aspect passive-participle", a dash for what there is not
 */
export function verbForms(parts) {
  const [infinitive, first, second, third, imperative, past, pastShe, aspect, passive] = parts.split(" ");
  const own = infinitive.match(/(ся|сь)$/) !== null;
  const bare = (word) => (own ? word.replace(/(ся|сь)$/, "") : word);
  const ended = (word) => (own ? word + (/[аеёиоуыюя]$/.test(word) ? "сь" : "ся") : word);
  const forms = [];
  const add = (mood, ...words) => forms.push(...words.map((word) => [ended(word), mood]));
  const they = (word, ending) => bare(word).replace(/шь$/, ending);

  add("infinitive", bare(infinitive));
  if (first !== "-") add("intent", bare(first));
  const orders = [bare(imperative), `${bare(imperative)}те`];
  add("imperative", ...orders);
  const together = they(second, "м");
  add("hortative", together);
  const plural = they(second, "те");
  add("indicative", bare(second), they(second, "т"), bare(third));
  if (!orders.includes(plural)) add("indicative", plural);
  const her = bare(pastShe).slice(0, -1);
  add("indicative", bare(past), `${her}а`, `${her}о`, `${her}и`);
  const participles = [/л$/.test(bare(past)) ? `${bare(past).slice(0, -1)}вш` : `${bare(past)}ш`];
  if (aspect === "i") {
    participles.push(bare(third).replace(/т$/, "щ"));
    if (!own && /[аяу]ешь$/.test(second)) add("indicative", ...adjective(together), ...join(together, "а о ы"));
    if (/[аяу]ют$/.test(bare(third))) add("indicative", bare(third).replace(/ют$/, "я"));
  } else if (/л$/.test(bare(past))) add("indicative", own ? `${bare(past).slice(0, -1)}вши` : `${bare(past).slice(0, -1)}в`);
  for (const stem of participles) forms.push(...adjective(stem).map((word) => [own ? `${word}ся` : word, "indicative"]));
  if (passive !== "-" && passive !== undefined) {
    add("indicative", passive, ...join(passive, "а о ы"));
    add("indicative", ...adjective(/н$/.test(passive) ? `${passive}н` : passive));
  }
  return forms;
}
