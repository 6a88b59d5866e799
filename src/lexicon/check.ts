/**
 * What is doubtful in lexicons that load: found for people who write entries, never needed by a scan. Faults that keep a
 * lexicon from loading are errors of load.ts and compile.ts; here are those that only a look at all entries together shows.
 */
import { checkForms } from "./check-forms.ts";
import { checkRules } from "./check-rules.ts";
import { checkStems } from "./check-stems.ts";
import { checkWords } from "./check-words.ts";
import type { CompiledLexicon } from "./compile.ts";
import type { EverydayWord } from "./everyday.ts";
import type { CheckContext, Finding } from "./finding.ts";
import type { LexiconSource } from "./load.ts";
import { Looker } from "./look.ts";

/** All findings, in the order of entries, those about rules last. */
export function checkLexicon(
  source: LexiconSource,
  lexicon: CompiledLexicon,
  words: readonly EverydayWord[],
  isAsked: (entry: number) => boolean = () => true,
): Finding[] {
  const context: CheckContext = { source, lexicon, looker: new Looker(lexicon), words, isAsked };
  const order = new Map(source.entries.map(({ id }, k) => [id, k]));
  const place = ({ entry }: Finding): number => (entry === null ? order.size : order.get(entry)!);
  return [...checkForms(context), ...checkStems(context), ...checkWords(context), ...checkRules(context)].sort(
    (a, b) => place(a) - place(b),
  );
}
