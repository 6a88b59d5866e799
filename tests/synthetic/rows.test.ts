/** Synthetic rows: what stays of an example, what changes, and that chance gives the same every time. */
import { beforeAll, describe, expect, test } from "vitest";
import { LABEL_NAMES, type Label } from "../../src/core/label.ts";
import { loadLexicons } from "../../src/lexicon/load.ts";
import { openJudge } from "../../src/pipeline/classifier.ts";
import { NAMES } from "../../src/synthetic/forms.ts";
import { parsePattern, varyPattern } from "../../src/synthetic/pattern.ts";
import { createDeck, createRandom } from "../../src/synthetic/random.ts";
import { type SyntheticOptions, type SyntheticRow, syntheticRows } from "../../src/synthetic/rows.ts";
import { fillTemplate } from "../../src/synthetic/templates.ts";
import { typeAsPeopleDo } from "../../src/synthetic/typing.ts";

const random = createRandom(7);
/** Ways that change a text after it was made. */
const HABITS: readonly string[] = ["slip", "plain", "careless", "shouted", "stretched", "frame", "opened"];

/** The example with one name in place of its own. */
function withName(text: string, lemma: string): string | null {
  const pattern = parsePattern(text);
  const name = NAMES[pattern.language].find((word) => word.lemma === lemma)!;
  return varyPattern(pattern, () => name, false, random)?.text ?? null;
}

describe("Another group in an example", () => {
  test.each([
    ["Ұйғырларды көрдім!", "өзбек", "Өзбектерді көрдім!"],
    ["Күрдтерге де су керек", "қазақ", "Қазақтарға да су керек"],
    ["Тәжік тағамын пісіру", "қытай", "Қытай тағамын пісіру"],
    ["Бұл ұйғыр ма?", "дүнген", "Бұл дүнген бе?"],
    ["Уйгурам здесь рады", "турок", "Туркам здесь рады"],
    ["Я узнал об армянах", "чеченец", "Я узнал о чеченцах"],
    ["Рад поляков рядом видеть", "цыган", "Рад цыган рядом видеть"],
    ["Грузин зашёл в магазин", "армянин", "Армянин зашёл в магазин"],
    ["Включи корейскую музыку", "турок", "Включи турецкую музыку"],
    ["I met a Korean today", "Uzbeks", "I met an Uzbek today"],
    ["The Kurdish coach spoke", "Poles", "The Polish coach spoke"],
    ["Yesterday Poles sang", "migrants", "Yesterday migrants sang"],
    ["TATARS!!! Hurrah!!!", "Poles", "POLES!!! Hurrah!!!"],
  ])("%s -> %s", (text, lemma, expected) => {
    expect(withName(text, lemma)).toBe(expected);
  });

  test("A name that has not the form is passed over for one that has", () => {
    const pattern = parsePattern("Көрсең ұйғырды, амандас");
    const china = NAMES.kk.find(({ lemma }) => lemma === "қытай")!;
    const variant = varyPattern(pattern, () => china, false, random)!;
    expect(variant.groups).not.toContain("chinese");
    expect(variant.text).toMatch(/^Көрсең \p{L}+[дт][ыі], амандас$/u);
  });

  test("People of a faith have no language or kitchen", () => {
    for (let k = 0; k < 200; k++) {
      const variant = varyPattern(parsePattern("Тәжік тағамын жедік"), createDeck(random, NAMES.kk), false, random)!;
      expect(["muslim", "migrant", "christian"]).not.toContain(variant.groups[0]);
    }
  });

  test("Two groups stay two", () => {
    for (let k = 0; k < 200; k++) {
      const { groups } = varyPattern(parsePattern("Дунгане и казахи дружат"), createDeck(random, NAMES.ru), false, random)!;
      expect(new Set(groups).size).toBe(2);
    }
  });
});

test("Templates put particles and articles right", () => {
  const name = (language: "kk" | "en", lemma: string) => NAMES[language].find((word) => word.lemma === lemma)!;
  expect(fillTemplate("заң {dat.pl} де бірдей", [name("kk", "орыс")], "kk")).toBe("Заң орыстарға да бірдей");
  expect(fillTemplate("a {sg} met {2:pl}", [name("en", "Uzbeks"), name("en", "Poles")], "en")).toBe("An Uzbek met Poles");
  expect(() => fillTemplate("{sg}", [name("en", "Chinese")], "en")).toThrow(RangeError);
});

test("Typing never changes the first letter but its case, and does nothing to most messages but capitals and stops", () => {
  let changed = 0;
  for (let k = 0; k < 1000; k++) {
    const { text, habits } = typeAsPeopleDo("Соседи пришли вечером на праздник.", "ru", random);
    expect(text[0]!.toLowerCase()).toBe("с");
    if (habits.some((habit) => habit !== "careless")) changed++;
  }
  expect(changed).toBeLessThan(250);
});

describe("Rows of the shipped lexicons", () => {
  const sentences = ["Ертең ауа райы жақсы болады", "Бүгін мен үйде отырмын", "Дүкеннен нан сатып алдым"].map((text) => ({
    text,
    language: "kk",
  }));
  let make: (rowsAtMost: number, seed?: number, more?: Partial<SyntheticOptions>) => SyntheticRow[];
  beforeAll(async () => {
    const judge = await openJudge({ model: null });
    const { rules, entries } = loadLexicons();
    const labelsOf = (text: string): Set<Label> => {
      const bytes = new TextEncoder().encode(text);
      judge.judge(bytes, 0, bytes.length);
      return new Set(LABEL_NAMES.filter((label, k) => judge.scores[k]! >= judge.scorer.thresholds[label].review));
    };
    const fixed = { languages: ["kk", "ru", "en"], sentences, rules: rules.rules, entries, judge: labelsOf } as const;
    make = (rowsAtMost, seed = 1, more = {}) => [...syntheticRows({ ...fixed, seed, rowsAtMost, ...more })];
  });

  test("are the same for the same seed and differ for another", () => {
    expect(make(200)).toEqual(make(200));
    expect(make(200, 2)).not.toEqual(make(200));
  });

  test("differ from each other, and every one says something of a label", () => {
    const rows = make(1000);
    expect(rows).toHaveLength(3000);
    expect(new Set(rows.map(({ text, lang }) => `${lang} ${text.toLowerCase()}`)).size).toBe(3000);
    expect(rows.filter(({ labels }) => labels.hate === null && labels.incitement === null)).toEqual([]);
  });

  test("carry a label where they fire and none where they are spared", () => {
    for (const { kind, labels } of make(1000)) {
      const values = [labels.hate, labels.incitement];
      expect(values.includes(1)).toBe(kind === "fires");
      if (kind === "fires") expect(values).not.toContain(0);
    }
  });

  test("name each group about as often in one class as in the other", () => {
    const counts = new Map<string, [number, number]>();
    for (const { target, kind } of make(2000)) {
      if (target === null) continue;
      const count = counts.get(target) ?? [0, 0];
      counts.set(target, count);
      count[kind === "fires" ? 1 : 0]++;
    }
    for (const [, [zero, one]] of [...counts].filter(([, [zero, one]]) => zero + one > 100)) {
      expect(one / (zero + one)).toBeGreaterThan(0.35);
      expect(one / (zero + one)).toBeLessThan(0.65);
    }
  });

  test("are none that the classifier is measured by", () => {
    const some = new Set(make(50).map(({ text }) => text));
    const rest = make(50, 1, { isMeasured: (text) => some.has(text) });
    expect(rest.filter(({ text, ways }) => some.has(text) && !ways.some((way) => HABITS.includes(way)))).toEqual([]);
  });

  test("speak of both labels where they are spared, if asked to", () => {
    const spared = make(300, 1, { sparesSayBoth: true }).filter(({ kind }) => kind === "spares");
    expect(spared.filter(({ labels }) => labels.hate !== 0 || labels.incitement !== 0)).toEqual([]);
  });

  test("have everyday sentences beside both classes alike, and none in languages that gave none", () => {
    const rows = make(2000);
    const framed = (kind: string): number => {
      const own = rows.filter((row) => row.lang === "kk" && row.kind === kind);
      return own.filter(({ ways }) => ways.includes("frame")).length / own.length;
    };
    expect(Math.abs(framed("fires") - framed("spares"))).toBeLessThan(0.05);
    expect(rows.some(({ lang, ways }) => lang !== "kk" && ways.includes("frame"))).toBe(false);
  });
});
