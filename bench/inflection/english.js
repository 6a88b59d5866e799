/** English forms: plurals and phrases of names, and the five forms of a verb. */

function plural(name) {
  if (/(ese|sh|ch|ss)$/.test(name)) return name;
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /man$/.test(name) && !/(german|roman|oralman)$/.test(name) ? `${name.slice(0, -3)}men` : `${name}s`;
}

/** @param phrases whether the name goes before people, and stands with an article */
export function nameForms(name, phrases = true) {
  const many = plural(name);
  const forms = [name, many, `the ${many}`, `${name}'s`, `${many}'`];
  return phrases ? [...forms, `${name} people`, `${name} families`] : forms;
}

/** A last consonant after one stressed vowel is doubled; the word list says where with "double". */
export function verbForms([base, past, participle = past, double = false]) {
  const third = /(s|sh|ch|x|z)$/.test(base) ? `${base}es` : /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}ies` : `${base}s`;
  const stem = /[^e]e$/.test(base) ? base.slice(0, -1) : double ? base + base.at(-1) : base;
  return [
    [base, "bare"],
    [third, "indicative"],
    [past, "indicative"],
    [participle, "indicative"],
    [`${stem}ing`, "nominal"],
  ];
}
