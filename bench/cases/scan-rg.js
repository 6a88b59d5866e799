/**
 * ripgrep, regardless of case, with the surface forms of the lexicons' slurs. With the forms of all entries it gets nowhere:
 * version 13 had counted no line of 16 MB after ten minutes, nor of 0.2 MB after forty seconds.
 */
import { measureRipgrep } from "../ripgrep.js";
import { surfaceForms } from "../surface-forms.js";

measureRipgrep({
  name: "rg -c -i -F -f, slurs alone",
  options: ["-c", "-i", "-F"],
  forms: surfaceForms(["slur", "ambiguous-slur"]),
  note: "of slurs alone, because with all forms -i takes more than minutes",
});
