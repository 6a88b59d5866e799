/** The lexicons and rules that come with the program: they load, they compile, and each rule keeps the word of its examples. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type CompiledLexicon, compileLexicon } from "../../src/lexicon/compile.ts";
import type { Rule } from "../../src/lexicon/entry.ts";
import { loadLexicons } from "../../src/lexicon/load.ts";
import { matchLexicon } from "../../src/lexicon/match.ts";
import type { RulePlan } from "../../src/lexicon/rule-plan.ts";
import { applyRules, createRuleScratch } from "../../src/lexicon/rules.ts";
import { lexiconSchema, paradigmsSchema, rulesSchema } from "../../src/lexicon/schema.ts";
import { batchOf } from "../text/tokens.ts";
import { scratchOf } from "./invented.ts";

const FOLDER = fileURLToPath(new URL("../../lexicons", import.meta.url));
const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), "utf8"));
const FILES = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".json") && name !== "paradigms.json" && name !== "rules.json")
  .sort();
const PARADIGMS = paradigmsSchema.parse(read("paradigms.json"));
const RULES = rulesSchema.parse(read("rules.json"));

describe.each(FILES)("lexicons/%s", (name) => {
  it("holds entries that the schema takes", () => {
    const result = lexiconSchema.safeParse(read(name));
    expect(result.error?.issues ?? []).toEqual([]);
  });

  it("compiles", () => {
    expect(() =>
      compileLexicon({
        entries: lexiconSchema.parse(read(name)),
        paths: [],
        paradigms: PARADIGMS,
        rules: { guards: [], rules: [] },
        fingerprint: "",
      }),
    ).not.toThrow();
  });

  it("says of every entry where it is from and whether it was reviewed", () => {
    const entries = read(name) as Record<string, unknown>[];
    expect(
      entries
        .filter((entry) => typeof entry["source"] !== "string" || entry["source"].trim() === "" || typeof entry["reviewed"] !== "boolean")
        .map((entry) => entry["id"]),
    ).toEqual([]);
  });

  it("is of the language that its folder says", () => {
    const language = name.split("/")[0];
    expect(
      lexiconSchema
        .parse(read(name))
        .filter((entry) => entry.language !== language)
        .map((entry) => entry.id),
    ).toEqual([]);
  });

  it("has one entry a line", () => {
    const lines = readFileSync(join(FOLDER, name), "utf8").trimEnd().split("\n");
    expect([lines[0], lines.at(-1)]).toEqual(["[", "]"]);
    for (const line of lines.slice(1, -1)) expect(() => JSON.parse(line.replace(/,$/, "")), line.slice(0, 60)).not.toThrow();
  });
});

const SHIPPED = compileLexicon(loadLexicons());

describe("the lexicons together", () => {
  it("have ids that come once", () => {
    const ids = FILES.flatMap((name) => (read(name) as { id: string }[]).map((entry) => entry.id));
    expect(ids.filter((id, k) => ids.indexOf(id) !== k)).toEqual([]);
  });

  it("load and compile", () => {
    const compiled = compileLexicon(loadLexicons());
    expect(compiled.entries.length).toBeGreaterThan(100);
  });

  it("find every form and mood that they list, unless an exception of the same entry takes it away", () => {
    const compiled = SHIPPED;
    const lost = compiled.entries.flatMap((entry, index) => {
      const spared = new Set(entry.except ?? []);
      const terms = [...(entry.forms ?? []), ...Object.values(entry.moods ?? {}).flatMap((forms) => forms ?? [])].filter(
        (term) => !spared.has(term),
      );
      return terms.filter((term) => !entriesIn(compiled, term).includes(index)).map((term) => `${entry.id}: ${term}`);
    });
    expect(lost).toEqual([]);
  });
});

describe("the rules", () => {
  it("have ids that come once", () => {
    const ids = [...RULES.rules, ...RULES.guards].map((row) => row.id);
    expect(ids.filter((id, k) => ids.indexOf(id) !== k)).toEqual([]);
  });

  it("use every guard", () => {
    const used = new Set(RULES.rules.flatMap((rule) => rule.guards.flatMap((name) => RULES.guardSets?.[name] ?? [name])));
    expect(RULES.guards.map((guard) => guard.id).filter((id) => !used.has(id))).toEqual([]);
  });

  it("say by three examples what fires them, and by three what they spare", () => {
    const short = RULES.rules.filter((rule) => (rule.fires?.length ?? 0) < 3 || (rule.spares?.length ?? 0) < 3);
    expect(short.map((rule) => rule.id)).toEqual([]);
  });

  it("fire by some example in each of their grades", () => {
    const idle = SHIPPED.rules.rules.filter((plan) => {
      const { fires = [] } = RULES.rules.find((rule) => rule.id === plan.rule)!;
      return !fires.some((text) => planNet(SHIPPED, plan, text) > 0);
    });
    expect(idle.map((plan) => plan.id)).toEqual([]);
  });
});

function entriesIn(compiled: CompiledLexicon, text: string): number[] {
  const { tokens } = batchOf(text);
  const hits = scratchOf(compiled);
  matchLexicon(compiled, tokens, 0, tokens.count, hits);
  return Array.from(hits.entry.subarray(0, hits.count));
}

/** What a rule says of a text when it is the only rule, guards taken off; 0 where it says nothing. */
function netOf(compiled: CompiledLexicon, rule: Rule, text: string): number {
  return netOfPlans(
    compiled,
    compiled.rules.rules.filter((plan) => plan.rule === rule.id),
    text,
  );
}

function planNet(compiled: CompiledLexicon, plan: RulePlan, text: string): number {
  return netOfPlans(compiled, [plan], text);
}

function netOfPlans(compiled: CompiledLexicon, plans: readonly RulePlan[], text: string): number {
  const alone = {
    ...compiled,
    rules: { ...compiled.rules, rules: plans },
  };
  const { bytes, tokens } = batchOf(text);
  const hits = scratchOf(compiled);
  matchLexicon(compiled, tokens, 0, tokens.count, hits);
  return applyRules(alone, bytes, 0, bytes.length, tokens, 0, tokens.count, hits, createRuleScratch()).reduce(
    (sum, signal) => sum + signal.weight,
    0,
  );
}

describe.each(RULES.rules.filter((rule) => rule.fires || rule.spares))("the rule $id", (rule) => {
  const compiled = SHIPPED;

  it("fires on its examples", () => {
    expect((rule.fires ?? []).filter((text) => netOf(compiled, rule, text) <= 0)).toEqual([]);
  });

  it("spares its counter-examples", () => {
    expect((rule.spares ?? []).filter((text) => netOf(compiled, rule, text) > 0)).toEqual([]);
  });
});
