/** The surface forms of the lexicons, as a list for programs that search for strings. Made at run time: no file holds them. */
import { readdirSync, readFileSync } from "node:fs";

const LEXICONS = new URL("../lexicons/", import.meta.url);

/**
 * Forms, forms by mood and stems of all entries, each once.
 * @param classes entry classes to take; all where left out
 */
export function surfaceForms(classes) {
  const forms = new Set();
  for (const name of readdirSync(LEXICONS, { recursive: true })) {
    if (!/[\\/].*\.json$/.test(name)) continue;
    for (const entry of JSON.parse(readFileSync(new URL(name, LEXICONS), "utf8"))) {
      if (classes !== undefined && !classes.includes(entry.class)) continue;
      for (const form of [...(entry.forms ?? []), ...Object.values(entry.moods ?? {}).flat(), ...(entry.stems ?? [])])
        forms.add(form.trim());
    }
  }
  return [...forms];
}
