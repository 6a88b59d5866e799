/** Lexicon files from reading to warnings: every fault is told, and what is sound is looked at all the same. */
import { LexiconError } from "../core/error.ts";
import { checkLexicon } from "./check.ts";
import { type CompiledLexicon, compileLexicon } from "./compile.ts";
import { readEverydayWords } from "./everyday.ts";
import type { Finding } from "./finding.ts";
import { type LexiconSource, loadLexicons } from "./load.ts";
import { compileRules, tagsOf } from "./rule-plan.ts";

export interface CheckedFiles {
  readonly source: LexiconSource;
  readonly lexicon: CompiledLexicon;
  readonly findings: readonly Finding[];
}

/**
 * Checks the built-in lexicons, or files and folders of one's own together with them; then only what concerns the own ones
 * is told.
 */
export function checkFiles(paths: readonly string[]): CheckedFiles {
  const findings: Finding[] = [];
  const note = (error: unknown): void => {
    if (!(error instanceof LexiconError)) throw error;
    findings.push({ level: "error", code: error.code, file: null, entry: null, message: error.message });
  };
  const own = paths.length > 0;
  const builtin = own ? new Set(loadLexicons().paths) : new Set<string>();
  const loaded = loadLexicons(paths, true, { onFault: note });
  const source = withoutFaults(loaded, note);
  const lexicon = compileLexicon(source);
  const isOwn = (entry: number): boolean => !builtin.has(source.paths[entry]!);
  return { source, lexicon, findings: [...findings, ...checkLexicon(source, lexicon, readEverydayWords(), isOwn)] };
}

/** The source without entries and rules that do not compile; of each, `note` hears. */
function withoutFaults(source: LexiconSource, note: (error: unknown) => void): LexiconSource {
  let rules = source.rules;
  try {
    compileRules(rules, tagsOf(rules));
  } catch (error) {
    note(error);
    rules = { guards: [], rules: [] };
  }
  const sound = { ...source, rules };
  const part = (from: number, to: number): LexiconSource => ({
    ...sound,
    entries: source.entries.slice(from, to),
    paths: source.paths.slice(from, to),
  });
  const faulty = new Set<number>();
  /** Halves what does not compile until single entries are left. */
  const search = (from: number, to: number): void => {
    const isOne = to - from === 1;
    if (compiles(part(from, to), isOne ? note : () => {})) return;
    if (isOne) faulty.add(from);
    else {
      const middle = (from + to) >> 1;
      search(from, middle);
      search(middle, to);
    }
  };
  search(0, source.entries.length);
  if (faulty.size === 0) return sound;
  return { ...sound, entries: source.entries.filter((_, k) => !faulty.has(k)), paths: source.paths.filter((_, k) => !faulty.has(k)) };
}

function compiles(source: LexiconSource, note: (error: unknown) => void): boolean {
  try {
    compileLexicon(source);
    compileLexicon(source, true);
    return true;
  } catch (error) {
    note(error);
    return false;
  }
}
