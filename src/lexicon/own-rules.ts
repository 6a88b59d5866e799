/** Rules and paradigms of the user's own, put into the built-in ones: added, or in the place of the one with the same id. */
import { LexiconError } from "../core/error.ts";
import type { RuleSet } from "./entry.ts";
import { suggest } from "./nearest.ts";

interface Named {
  readonly id: string;
}

/** A rule, a guard, or what says that one of them is off. */
export function isSwitchedOff(item: unknown): item is { id: string; off: true } {
  return typeof item === "object" && item !== null && "off" in item && item.off === true && "id" in item && typeof item.id === "string";
}

/** A document of rules without what it switches off, and with an empty list for what it leaves out: as the schema takes it. */
export function rulesToValidate(document: unknown): unknown {
  if (typeof document !== "object" || document === null || Array.isArray(document)) return document;
  return Object.fromEntries(
    Object.entries({ guards: [], rules: [], ...document }).map(([name, items]) => [
      name,
      Array.isArray(items) ? items.filter((item) => !isSwitchedOff(item)) : items,
    ]),
  );
}

function offIds(document: unknown, name: "rules" | "guards"): string[] {
  const items = (document as Record<string, unknown>)[name];
  return Array.isArray(items) ? items.filter(isSwitchedOff).map(({ id }) => id) : [];
}

function merge<T extends Named>(path: string, what: string, base: readonly T[], own: readonly T[], off: readonly string[]): T[] {
  const known = new Set([...base, ...own].map(({ id }) => id));
  for (const id of off)
    if (!known.has(id))
      throw new LexiconError(
        "E_LEXICON_OFF",
        `${path}: ${what} ${JSON.stringify(id)} is to be switched off, and there is none.${suggest(id, known)} Correct the id or leave it out.`,
      );
  const replaced = new Map(own.map((item) => [item.id, item]));
  const kept = base.map((item) => replaced.get(item.id) ?? item);
  const there = new Set(base.map(({ id }) => id));
  return [...kept, ...own.filter(({ id }) => !there.has(id))].filter(({ id }) => !off.includes(id));
}

/**
 * @param document the file as it was read, for what it switches off
 * @param own the same through the schema
 * @throws LexiconError E_LEXICON_OFF where a rule or guard that is to be switched off does not exist.
 */
export function mergeRules(path: string, base: RuleSet, document: unknown, own: RuleSet): RuleSet {
  const guardsOff = offIds(document, "guards");
  const guards = merge(path, "guard", base.guards, own.guards, guardsOff);
  const rules = merge(path, "rule", base.rules, own.rules, offIds(document, "rules"));
  const isOn = (id: string): boolean => !guardsOff.includes(id);
  return {
    ...mergeOthers(base, own, isOn),
    guards,
    rules: rules.map((rule) => (guardsOff.length === 0 ? rule : { ...rule, guards: rule.guards.filter(isOn) })),
  };
}

/** What a set of rules holds besides rules and guards: named lists of guards are merged by name, all else is the own one where there is one. */
function mergeOthers(base: RuleSet, own: RuleSet, isOn: (id: string) => boolean): RuleSet {
  const merged: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(own)) {
    const before = merged[name];
    if (value !== undefined) merged[name] = isRecord(before) && isRecord(value) ? { ...before, ...value } : value;
  }
  for (const [name, sets] of Object.entries(merged))
    if (isRecord(sets))
      merged[name] = Object.fromEntries(
        Object.entries(sets).map(([set, ids]) => [set, Array.isArray(ids) ? (ids as string[]).filter(isOn) : ids]),
      );
  return merged as unknown as RuleSet;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
