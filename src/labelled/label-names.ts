/** What the names that people give to labels mean, in any case and with any of the usual signs between their words. */
import type { GoldName } from "../evaluation/gold.ts";

/**
 * What a name says: that something holds, that it does not (`not hate`), that nothing holds of what the file's labels speak of
 * (`none`), or that nothing holds at all (`harmless`).
 */
export type Meaning =
  | { readonly kind: "is" | "is-not"; readonly name: GoldName }
  | { readonly kind: "none" }
  | { readonly kind: "harmless" };

/** Names in the form that `foldName` gives. */
const NAMES: Readonly<Record<GoldName, string>> = {
  slur: "slur slurs ethnicslur racialslur",
  incitement:
    "incitement incites inciting incitementtoviolence call calls calltoviolence callforviolence threat threats threatening violence violent призыв призывы угроза угрозы насилие шақыру қоқанлоққы",
  hate: "hate hateful hatespeech hatred hs identityhate identityattack ненависть хейт языквражды өшпенділік",
  abuse:
    "abuse abusive abusivelanguage toxic toxicity severetoxic severetoxicity insult insults insulting obscene obscenity profanity profane swearing vulgar offensive offensivelanguage offense токсичный токсично токсичность оскорбление оскорбления мат брань",
  flagged: "flagged",
};
const NONE =
  "none nothing neutral normal ham clean ok okay neither regular acceptable appropriate safe nolabel notapplicable нет норма нормальный нейтральный нейтрально бейтарап қалыпты";
const HARMLESS = "harmless benign";

const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...Object.entries(NAMES).flatMap(([name, spellings]) =>
    spellings.split(" ").map((spelling): [string, Meaning] => [spelling, { kind: "is", name: name as GoldName }]),
  ),
  ...NONE.split(" ").map((spelling): [string, Meaning] => [spelling, { kind: "none" }]),
  ...HARMLESS.split(" ").map((spelling): [string, Meaning] => [spelling, { kind: "harmless" }]),
]);

/** Before a name, these deny it. Longer ones first. */
const DENIALS = ["nota", "not", "non", "no", "не"];
/** Before the name of a column, these say nothing. */
const QUESTIONS = ["contains", "label", "has", "is"];
/** Names that are longer mean nothing here; what is not looked at costs nothing. */
const LONGEST_NAME = 40;

/** What a label is called; null for a name that says nothing here. */
export function meaningOf(label: string): Meaning | null {
  if (label.length > LONGEST_NAME) return null;
  const folded = foldName(label);
  const known = MEANINGS.get(folded);
  if (known !== undefined) return known;
  for (const denial of DENIALS) {
    const denied = folded.startsWith(denial) ? MEANINGS.get(folded.slice(denial.length)) : undefined;
    if (denied?.kind === "is") return { kind: "is-not", name: denied.name };
  }
  return null;
}

/** What a column of zeros and ones is about, by its name: `is_hate`, `Toxic`. */
export function columnMeaning(column: string): GoldName | null {
  if (column.length > LONGEST_NAME) return null;
  const folded = foldName(column);
  for (const question of ["", ...QUESTIONS]) {
    const known = folded.startsWith(question) ? MEANINGS.get(folded.slice(question.length)) : undefined;
    if (known?.kind === "is") return known.name;
  }
  return null;
}

/** `Hate_Speech`, `hate-speech` and `hate speech` are one name. */
export function foldName(name: string): string {
  return name.toLowerCase().replace(/[\s_./-]+/gu, "");
}
