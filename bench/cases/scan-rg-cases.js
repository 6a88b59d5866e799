/**
 * ripgrep with the surface forms of all lexicon entries, each in lower case, with a capital and in capitals, in place of -i:
 * so it has one automaton to run, which is the fastest it can do.
 */
import { measureRipgrep } from "../ripgrep.js";
import { surfaceForms } from "../surface-forms.js";

const forms = surfaceForms().flatMap((form) => {
  const small = form.toLowerCase();
  return [small, small[0].toUpperCase() + small.slice(1), small.toUpperCase()];
});
measureRipgrep({
  name: "rg -c -F -f, all forms in three cases",
  options: ["-c", "-F"],
  forms: [...new Set(forms)],
  note: "of all entries, context words too, which most lines hold",
});
