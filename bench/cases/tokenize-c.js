/**
 * The same fold, flags, spans and keys as a plain C loop (bench/rivals/tokenize.c), built with -O3 by the compiler that is
 * there. Its tokens have to be ours, field by field, or there is no figure.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cutLines, tokenizeLines } from "../lines.js";
import { cannotRun, corpusPath, print, WARM_UP_BYTES } from "../measure.js";

const [{ ASCII_CELLS, CYRILLIC_CELLS, cellOf, LOOK_CYRILLIC, LOOK_LATIN, SAME_LOOK }, { Tokenizer }] = await Promise.all([
  import("../../dist/text/letters.js"),
  import("../../dist/text/tokenize.js"),
]).catch((error) => cannotRun(`not built, run npm run build first: ${error.message}`));

const SOURCE = fileURLToPath(new URL("../rivals/tokenize.c", import.meta.url));
/** Code points from here on are no letters; C looks none of them up. */
const OTHER_COUNT = 0x20000;

function tablesHeader() {
  const table = (type, name, values) => `static const ${type} ${name}[] = {${Array.from(values).join(",")}};\n`;
  return [
    `enum { OTHER_COUNT = ${OTHER_COUNT} };\n`,
    table("int32_t", "ascii_cells", ASCII_CELLS),
    table("int32_t", "cyrillic_cells", CYRILLIC_CELLS),
    table("uint8_t", "look_cyrillic", LOOK_CYRILLIC),
    table("uint8_t", "look_latin", LOOK_LATIN),
    table("uint8_t", "same_look", SAME_LOOK),
    table(
      "int32_t",
      "other_cells",
      Array.from({ length: OTHER_COUNT }, (_, point) => cellOf(point)),
    ),
  ].join("");
}

function compilerHere() {
  return ["gcc", "cc", "clang"].find((name) => spawnSync(name, ["--version"]).status === 0);
}

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ended with status ${status}: ${stderr}`);
  return stdout;
}

/** What the C program computes: every field of every token into one number, so that order counts. */
function ourChecksum(bytes, lines) {
  let checksum = 0;
  const add = (value) => {
    checksum = Math.imul(checksum ^ value, 0x01000193);
  };
  const tokens = tokenizeLines(
    new Tokenizer(),
    bytes,
    lines,
    lines.fence.length >> 1,
    ({ count, start, end, key, prefix, letter, flags }) => {
      for (let k = 0; k < count; k++) {
        add(start[k]);
        add(end[k]);
        add(key[k]);
        add(prefix[k]);
        add(letter[k + 1]);
        add(flags[k]);
      }
    },
  );
  return { tokens, checksum: checksum >>> 0 };
}

const corpus = corpusPath();
const compiler = compilerHere();
if (compiler === undefined) cannotRun("no C compiler here (gcc, cc or clang)");
const folder = mkdtempSync(join(tmpdir(), "qalqan-rival-"));
try {
  writeFileSync(join(folder, "tables.h"), tablesHeader());
  run(compiler, ["-O3", "-I", folder, "-o", join(folder, "tokenize"), SOURCE]);
  const theirs = JSON.parse(run(join(folder, "tokenize"), [corpus, String(WARM_UP_BYTES)]));
  const bytes = readFileSync(corpus);
  const ours = ourChecksum(bytes, cutLines(bytes));
  if (theirs.tokens !== ours.tokens || theirs.checksum !== ours.checksum)
    throw new Error(`other tokens than ours: ${theirs.tokens} (${theirs.checksum}) for ${ours.tokens} (${ours.checksum})`);
  const { messages, tokens, seconds } = theirs;
  print({ name: `plain C loop, ${compiler} -O3`, surface: "tokenize", messages, tokens, bytes: bytes.length, seconds, peakRssMb: null });
} finally {
  rmSync(folder, { recursive: true });
}
