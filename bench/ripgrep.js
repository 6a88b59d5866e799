/** ripgrep counting the lines of the corpus that hold one of a list of strings. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cannotRun, corpusPath, countLines, print } from "./measure.js";

/**
 * @param options of rg, before the list
 * @param forms the list
 */
export function measureRipgrep({ name, options, forms, note }) {
  const version = spawnSync("rg", ["--version"], { encoding: "utf8" });
  if (version.error !== undefined) cannotRun("ripgrep (rg) is not installed");
  const corpus = corpusPath();
  const { messages, bytes } = countLines(corpus);
  const folder = mkdtempSync(join(tmpdir(), "qalqan-rival-"));
  try {
    const list = join(folder, "forms.txt");
    writeFileSync(list, `${forms.join("\n")}\n`);
    const startedMs = performance.now();
    const { status, stdout, stderr } = spawnSync("rg", [...options, "-f", list, corpus], { encoding: "utf8" });
    const seconds = (performance.now() - startedMs) / 1000;
    const matches = Number(stdout);
    if (status !== 0 || !(matches > 0 && matches <= messages)) throw new Error(`rg ended with status ${status}: ${stdout}${stderr}`);
    const remark = `${version.stdout.split("\n", 1)[0]}, ${forms.length} strings; ${note}`;
    print({ name, surface: "scan --only flag", messages, matches, bytes, seconds, peakRssMb: null, note: remark });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
