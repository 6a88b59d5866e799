/**
 * Compiled lexicons as bytes. The build bakes the built-in ones, because reading some 34,000 terms through schema and tokenizer
 * takes longer than everything else at start-up. A baked file is used only while its fingerprint is that of the files
 * beside it; otherwise they are compiled afresh.
 *
 *     header length, uint32 little-endian | header, JSON | arrays, each at a multiple of 4 bytes
 */
import type { CompiledLexicon } from "./compile.ts";
import { type CompiledParadigm, indexFirsts } from "./paradigm.ts";

const ARRAYS = [
  ["classBits", Int32Array],
  ["categoryBits", Int32Array],
  ["severity", Uint8Array],
  ["languageBits", Uint8Array],
  ["tagBits", Int32Array],
  ["wordBits", Uint32Array],
  ["pairBits", Uint32Array],
  ["openBits", Uint32Array],
  ["prefixBits", Uint32Array],
  ["stemLengths", Uint32Array],
  ["pool", Uint8Array],
  ["recordStart", Int32Array],
  ["recordEnd", Int32Array],
  ["recordParadigm", Int32Array],
  ["recordEntry", Int32Array],
  ["recordMoods", Int32Array],
  ["recordPhrase", Int32Array],
  ["phraseWord", Int32Array],
  ["wordLetter", Int32Array],
  ["wordPool", Uint8Array],
  ["recordNext", Int32Array],
  ["slots", Int32Array],
  ["phraseSlots", Int32Array],
] as const;

/** Entries without their terms, which the tables hold, and without what only readers of the files need. */
type Header = Pick<CompiledLexicon, "entries" | "rules" | "fingerprint" | "longestStem"> & {
  paradigms: {
    name: string;
    bare: number;
    layers: { required: boolean; suffixes: number[][]; moods: number[] }[];
  }[];
  lengths: number[];
};

function aligned(length: number): number {
  return (length + 3) & ~3;
}

export function bakeLexicon(lexicon: CompiledLexicon): Buffer {
  const header: Header = {
    entries: lexicon.entries.map(({ id, language, class: name, inflect, group, kind, category, severity, reviewed }) => ({
      id,
      language,
      class: name,
      inflect,
      group,
      kind,
      category,
      severity,
      reviewed,
      sense: "",
      source: "",
    })),
    rules: lexicon.rules,
    fingerprint: lexicon.fingerprint,
    longestStem: lexicon.longestStem,
    paradigms: lexicon.paradigms.map(({ name, bare, layers }) => ({
      name,
      bare,
      layers: layers.map((layer) => ({
        required: layer.required,
        suffixes: layer.suffixes.map((suffix) => [...suffix]),
        moods: [...layer.moods],
      })),
    })),
    lengths: ARRAYS.map(([name]) => lexicon[name].length),
  };
  const json = Buffer.from(JSON.stringify(header), "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const pad = (bytes: Uint8Array) => Buffer.concat([bytes], aligned(bytes.length));
  return Buffer.concat([
    length,
    pad(json),
    ...ARRAYS.map(([name]) => pad(new Uint8Array(lexicon[name].buffer, lexicon[name].byteOffset, lexicon[name].byteLength))),
  ]);
}

/** @returns null where the file was baked from lexicons with another fingerprint; null for that takes any. */
export function parseBaked(file: Buffer, fingerprint: string | null): CompiledLexicon | null {
  const start = file.readUInt32LE(0);
  const header = JSON.parse(file.toString("utf8", 4, 4 + start)) as Header;
  if (fingerprint !== null && header.fingerprint !== fingerprint) return null;
  const bytes = new Uint8Array(file).buffer;
  let at = 4 + aligned(start);
  const arrays = Object.fromEntries(
    ARRAYS.map(([name, Kind], k) => {
      const array = new Kind(bytes, at, header.lengths[k]!);
      at += aligned(array.byteLength);
      return [name, array];
    }),
  ) as unknown as Pick<CompiledLexicon, (typeof ARRAYS)[number][0]>;
  const paradigms: CompiledParadigm[] = header.paradigms.map(({ name, bare, layers }) => ({
    name,
    bare,
    layers: layers.map((layer) => {
      const suffixes = layer.suffixes.map((suffix) => Uint8Array.from(suffix));
      return {
        required: layer.required,
        suffixes,
        moods: Int32Array.from(layer.moods),
        firsts: indexFirsts(suffixes),
      };
    }),
  }));
  const { entries, rules, longestStem } = header;
  return { ...arrays, entries, rules, fingerprint: header.fingerprint, longestStem, paradigms };
}
