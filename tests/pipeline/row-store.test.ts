import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { FEATURE_LIMIT } from "../../src/bayes/features.ts";
import { seededRandom } from "../../src/core/random.ts";
import {
  FEATURES_AT,
  goldAt,
  isNamed,
  keptAt,
  languageOf,
  type RowFacts,
  RowStore,
  setOf,
  signalSum,
} from "../../src/pipeline/row-store.ts";
import { createFolder, type TestFolder } from "./collected.ts";

let folder: TestFolder;
beforeAll(() => {
  folder = createFolder();
  vi.stubEnv("TMPDIR", folder.path);
});
afterAll(() => {
  vi.unstubAllEnvs();
  folder.remove();
});

/** Numbers that a chunk holds. */
const CHUNK = 1 << 16;
const FACTS: RowFacts = { set: 0, language: 0, named: false, gold: [1, 0, null], signals: [0, 0, 0], kept: [1, 1, 1] };

interface Row {
  readonly facts: RowFacts;
  readonly features: readonly number[];
}

function withStore<T>(work: (store: RowStore) => T): T {
  const store = new RowStore();
  try {
    return work(store);
  } finally {
    store.close();
  }
}

function addAll(store: RowStore, rows: readonly Row[]): void {
  for (const { facts, features } of rows) store.add(facts, Int32Array.from([...features, -1, -1]), features.length);
}

/** The rows as they are visited. */
function rowsOf(store: RowStore, random: (() => number) | null = null): Row[] {
  const rows: Row[] = [];
  store.visit(random, (numbers, start, end) => {
    rows.push({
      facts: {
        set: setOf(numbers, start),
        language: languageOf(numbers, start),
        named: isNamed(numbers, start),
        gold: [0, 1, 2].map((head) => goldAt(numbers, start, head)),
        signals: [0, 1, 2].map((label) => signalSum(numbers, start, label)),
        kept: [0, 1, 2].map((label) => keptAt(numbers, start, label)),
      },
      features: [...numbers.subarray(start + FEATURES_AT, end)],
    });
  });
  return rows;
}

/** What tells a row: its first feature. */
const order = (store: RowStore, random: (() => number) | null): number[] => rowsOf(store, random).map(({ features }) => features[0]!);
/** Rows of so many features each, the first of which is the row's number. */
const numbered = (count: number, features: number): Row[] =>
  Array.from({ length: count }, (_, k) => ({ facts: FACTS, features: [k, ...new Array<number>(features - 1).fill(7)] }));

const ten = (least: number, most: number) => fc.integer({ min: least * 1e4, max: most * 1e4 }).map((number) => number / 1e4);
const facts: fc.Arbitrary<RowFacts> = fc.record({
  set: fc.nat(1000),
  language: fc.nat(4),
  named: fc.boolean(),
  gold: fc.array(fc.constantFrom(0 as const, 1 as const, null), { minLength: 3, maxLength: 3 }),
  signals: fc.array(ten(-50, 200), { minLength: 3, maxLength: 3 }),
  kept: fc.array(ten(0, 1), { minLength: 3, maxLength: 3 }),
});
const size = fc.oneof(
  fc.nat(20),
  fc.nat(300),
  fc.constantFrom(0, FEATURE_LIMIT, FEATURE_LIMIT - 1, CHUNK - FEATURES_AT, CHUNK / 2 - FEATURES_AT),
);

function expectSame(found: readonly Row[], wanted: readonly Row[]): void {
  expect(found).toHaveLength(wanted.length);
  for (const [k, { facts: given, features }] of wanted.entries()) {
    const { facts: back, features: places } = found[k]!;
    expect(places).toEqual(features);
    expect([back.set, back.language, back.named, back.gold]).toEqual([given.set, given.language, given.named, given.gold]);
    for (const label of [0, 1, 2]) {
      expect(back.signals[label]).toBeCloseTo(given.signals[label]!, 9);
      expect(back.kept[label]).toBeCloseTo(given.kept[label]!, 9);
    }
  }
}

describe("rows on disk", () => {
  it("come back whole and in their order, of any size, over any number of chunks", () => {
    const rows = fc.array(
      fc.tuple(facts, size, fc.nat(1 << 20)).map(
        ([given, length, first]): Row => ({
          facts: given,
          features: Array.from({ length }, (_, k) => first + k),
        }),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(rows, (some) => {
        withStore((store) => {
          addAll(store, some);
          expect(store.rows).toBe(some.length);
          expectSame(rowsOf(store), some);
        });
      }),
      { numRuns: 40 },
    );
  });

  it("come back as often as asked, and with those added since", () => {
    withStore((store) => {
      const rows = numbered(200, 1000);
      addAll(store, rows.slice(0, 50));
      expectSame(rowsOf(store), rows.slice(0, 50));
      expectSame(rowsOf(store), rows.slice(0, 50));
      addAll(store, rows.slice(50));
      expectSame(rowsOf(store), rows);
    });
  });

  it("are none where none were added", () => {
    withStore((store) => {
      expect(rowsOf(store)).toEqual([]);
      expect(rowsOf(store, seededRandom(1))).toEqual([]);
    });
  });

  it("keep what signals say to a ten-thousandth", () => {
    withStore((store) => {
      addAll(store, [{ facts: { ...FACTS, signals: [1.23456, -0.00004, -7.5], kept: [0.33333, 0, 1] }, features: [1] }]);
      const [row] = rowsOf(store);
      expect(row!.facts.signals.map((sum) => sum.toFixed(6))).toEqual(["1.234600", "0.000000", "-7.500000"]);
      expect(row!.facts.kept[0]).toBeCloseTo(0.3333, 10);
    });
  });
});

describe("a random order of rows", () => {
  // 65 rows fill a chunk: 3000 rows are 47 chunks, so that two groups of chunks are shuffled.
  const COUNT = 3000;
  const IN_ORDER = Array.from({ length: COUNT }, (_, k) => k);

  it("has every row once, is told by the seed, and is not the order of adding", () => {
    withStore((store) => {
      addAll(store, numbered(COUNT, 1000));
      const [one, same, other] = [1, 1, 2].map((seed) => order(store, seededRandom(seed)));
      expect([...one!].sort((a, b) => a - b)).toEqual(IN_ORDER);
      expect(one).toEqual(same);
      expect(one).not.toEqual(other);
      expect(one).not.toEqual(IN_ORDER);
      expect(order(store, null)).toEqual(IN_ORDER);
      // Rows move far: those that were added last may be among the first.
      expect(one!.slice(0, COUNT / 2).some((row) => row > COUNT * 0.9)).toBe(true);
      expect(one!.slice(COUNT / 2).some((row) => row < COUNT * 0.1)).toBe(true);
    });
  });

  it("of few rows has each order about as often as any other", () => {
    withStore((store) => {
      addAll(store, numbered(3, 1));
      const random = seededRandom(7);
      const seen = new Map<string, number>();
      for (let k = 0; k < 600; k++) {
        const found = order(store, random).join("");
        seen.set(found, (seen.get(found) ?? 0) + 1);
      }
      expect(seen.size).toBe(6);
      for (const count of seen.values()) expect(Math.abs(count - 100)).toBeLessThan(40);
    });
  });
});

describe("seededRandom", () => {
  it("is told by its seed, lies in [0, 1) and fills it evenly", () => {
    const draw = (seed: number) =>
      Array.from(
        { length: 4000 },
        (
          (random) => () =>
            random()
        )(seededRandom(seed)),
      );
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    const tenths = new Array<number>(10).fill(0);
    for (const number of draw(0)) {
      expect(number >= 0 && number < 1).toBe(true);
      tenths[Math.floor(number * 10)]!++;
    }
    for (const count of tenths) expect(Math.abs(count - 400)).toBeLessThan(90);
  });
});

describe("the file of the rows", () => {
  it.skipIf(process.platform === "win32")("has no name that an interrupted run could leave behind", () => {
    const before = readdirSync(folder.path);
    const store = new RowStore();
    addAll(store, numbered(100, 1000));
    rowsOf(store);
    expect(readdirSync(folder.path)).toEqual(before);
    store.close();
    expect(readdirSync(folder.path)).toEqual(before);
  });

  it("takes rows that memory does not", () => {
    const features = new Int32Array(10_000).fill(3);
    const used = () => {
      const { arrayBuffers, heapUsed } = process.memoryUsage();
      return (arrayBuffers + heapUsed) / 2 ** 20;
    };
    withStore((store) => {
      const before = used();
      for (let k = 0; k < 4000; k++) store.add(FACTS, features, features.length);
      let [rows, visited, most] = [0, 0, 0];
      store.visit(seededRandom(1), (_, start, end) => {
        visited += end - start;
        if (rows++ % 500 === 0) most = Math.max(most, used());
      });
      expect(visited).toBe(4000 * (features.length + FEATURES_AT));
      // 153 MB of numbers, of which 8 are read at a time.
      expect(Math.max(most, used()) - before).toBeLessThan(60);
    });
  });

  it("says what to do where there is no place for it", () => {
    const nowhere = join(folder.path, "nowhere");
    vi.stubEnv("TMPDIR", nowhere);
    try {
      expect(() => new RowStore()).toThrow(
        expect.objectContaining({ code: "E_TRAIN_DISK", message: expect.stringMatching(/nowhere.*TMPDIR/s) }),
      );
      mkdirSync(nowhere);
      withStore((store) => addAll(store, numbered(1, 1)));
      expect(readdirSync(nowhere)).toEqual([]);
    } finally {
      vi.stubEnv("TMPDIR", folder.path);
      if (existsSync(nowhere)) rmSync(nowhere, { recursive: true });
    }
  });
});
