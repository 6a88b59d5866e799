/**
 * Compiles the kernel and writes it as text/kernel-code.ts, so that it loads like any module wherever the program lies.
 *
 *     node src/text/kernel/build.js
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { main } from "assemblyscript/asc";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
let code = null;
const { error, stderr } = await main(
  [here("tokenize.ts"), "--outFile", "kernel.wasm", "-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--initialMemory", "560"],
  {
    writeFile: (_name, contents) => {
      code = contents;
    },
  },
);
if (error || code === null) {
  console.error(String(stderr));
  process.exit(1);
}
const base64 = Buffer.from(code).toString("base64");
writeFileSync(
  here("../kernel-code.ts"),
  `/** Written by text/kernel/build.js from the AssemblyScript beside it: WebAssembly, as base64. Do not edit. */\nexport const KERNEL_CODE: string =\n  "${base64}";\n`,
);
