/**
 * How long the lexicons take at a start: the ones that the build compiled, and all of them compiled from their files, as a
 * lexicon of one's own asks for.
 *
 *     npm run build && node bench/load.js [RUNS]
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const runs = Number(process.argv[2] ?? 11);
const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const BAKED = `
  const { readFileSync } = await import("node:fs");
  const { parseBaked } = await import("${dist}lexicon/bake.js");
  const start = performance.now();
  parseBaked(readFileSync("${dist}lexicons.bin"), null);
  console.log(performance.now() - start);`;
const FILES = `
  const { loadLexicons } = await import("${dist}lexicon/load.js");
  const { compileLexicon } = await import("${dist}lexicon/compile.js");
  const start = performance.now();
  compileLexicon(loadLexicons());
  console.log(performance.now() - start);`;

for (const [name, code] of [
  ["compiled by the build", BAKED],
  ["from files", FILES],
]) {
  const times = Array.from({ length: runs }, () =>
    Number(execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" })),
  );
  times.sort((a, b) => a - b);
  console.log(
    `${name.padEnd(24)} median ${times[runs >> 1].toFixed(1)} ms, ${times[0].toFixed(1)} .. ${times.at(-1).toFixed(1)}, ${runs} processes`,
  );
}
