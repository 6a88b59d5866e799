/** What is said of groups with contempt, in forms that may stand for each other, and clauses of the lexicons that take a group as subject. */
import { openAlternatives } from "../lexicon/alternatives.ts";
import type { LexiconEntry } from "../lexicon/entry.ts";
import type { WrittenLanguage } from "./forms.ts";

/** Words of one row have the same form and may stand for each other. Every one is known to the lexicons as a predicate. */
const EXCHANGED = `
паразиттер тарақандар шошқалар иттер жыландар маймылдар егеуқұйрықтар қансорғыштар сүліктер шибөрілер есектер биттер хайуандар айуандар жәндіктер шегірткелер
шошқа ит тарақан сүлік маймыл хайуан айуан
ұры алаяқ сатқын арамза оңбаған өтірікші
ұрылар алаяқтар қарақшылар бандиттер қылмыскерлер лаңкестер сатқындар басқыншылар маскүнемдер
сасық лас арам ақымақ топас жабайы надан ашкөз қатыгез жексұрын
тараканы паразиты крысы шакалы свиньи животные обезьяны твари клопы звери скоты пиявки
воры преступники бандиты террористы убийцы насильники мошенники предатели оккупанты
тупые наглые лживые грязные вонючие мерзкие подлые дикие жадные ленивые
vermin parasites rats savages scum animals cockroaches
criminals terrorists thieves rapists liars
filthy stupid disgusting lazy dirty
`;

const ROWS: readonly (readonly string[])[] = EXCHANGED.trim()
  .split("\n")
  .map((line) => line.split(" "));

/** Every word that is exchanged, for tests. */
export const EXCHANGED_WORDS: readonly string[] = ROWS.flat();

/** Lower-case word -> words that may stand for it, itself among them. */
export const PREDICATE_FORMS: ReadonlyMap<string, readonly string[]> = new Map(ROWS.flatMap((row) => row.map((one) => [one, row])));

/** Entries some of whose forms are whole clauses about a plural subject. */
const CLAUSES: readonly (readonly [language: WrittenLanguage, entries: RegExp, form: RegExp])[] = [
  [
    "kk",
    /^kk-pred-(mirror-kill|mirror-land|mirror-more|mirror-plot|corrupt-land|spoil-peace|insolent|swarm)$/,
    /^(біз|қазақ|жер|ел|ауыл|балала|қыз|жұмыс|базар|билік|басынып|құтырып|есіріп|қаптап|жасырын|астыртын|халы).*(?:[дт][ыі]|жатыр|жүр|отыр)$/u,
  ],
  [
    "ru",
    /^ru-pred-(parasite-economy|they-kill-us|takeover|plot|blame|criminals)$/,
    /^(?!довели )(?:скоро |тайно |давно )?[а-яё]+(?:[юу]т|[яа]т|ли)(?:ся|сь)?(?: (?:наш (?:город|район|народ|рынок)|нашу страну|наше село|нас|нам|район|город|село|торговлю|ножи|нападение|власть|всё|базар|рынок|страну|землю|природу|из всех щелей|наших (?:женщин|детей|девушек|ребят)|резню|погром|преступления|зло|от грязи|помойками|порядочных людей))$/u,
  ],
  ["ru", /^ru-pred-(breed|dirty)$/, /^[а-яё]+(?:[юу]т|[яа]т|ли)(?:ся|сь)?(?: из всех щелей)?$/u],
  [
    "en",
    /^en-predicate-(animal-are|are-criminals|disease|mirror-more|kill-us|criminal-deeds|crimes)$/,
    /^(?:are (?:all )?(?:criminals|animals|thieves|rapists|terrorists|murderers|liars|parasites|a disease|a cancer|a plague|apes|dogs|pigs)|(?:want to|will) (?:kill|destroy|enslave|replace) us|steal (?:from us|everything)|bring (?:drugs|crime))$/,
  ],
];

export interface Clause {
  readonly entry: string;
  readonly text: string;
}

/** By language, and of each entry that has some. */
export function groupClauses(entries: readonly LexiconEntry[]): Record<WrittenLanguage, (readonly Clause[])[]> {
  const clauses: Record<WrittenLanguage, (readonly Clause[])[]> = { kk: [], ru: [], en: [] };
  for (const [language, ids, whole] of CLAUSES) {
    for (const entry of entries) {
      if (entry.language !== language || !ids.test(entry.id)) continue;
      const forms = (entry.forms ?? []).flatMap((form) => openAlternatives(form) ?? []);
      const own = forms.filter((text) => whole.test(text)).map((text) => ({ entry: entry.id, text }));
      if (own.length > 0) clauses[language].push(own);
    }
  }
  return clauses;
}
