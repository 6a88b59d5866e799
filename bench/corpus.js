/**
 * Makes the input of the benchmarks: `megabytes` of mixed Kazakh, Russian and English messages, one a line, in a seeded
 * order. Messages come from the labelled corpora where they are beside the project, else from the fixtures, repeated.
 *
 *     node bench/corpus.js 64 /tmp/corpus.txt
 */

import { once } from "node:events";
import { createWriteStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const root = new URL("..", import.meta.url);

/** Texts in a seeded order are what `writeCorpus` makes of these. */
export function readMessages() {
  const shared = new URL("../shared/data/", root);
  const texts = [];
  if (existsSync(shared)) {
    for (const name of readdirSync(shared)
      .filter((file) => file.endsWith(".jsonl.gz"))
      .sort()) {
      for (const line of gunzipSync(readFileSync(new URL(name, shared)))
        .toString("utf8")
        .split("\n"))
        if (line) texts.push(JSON.parse(line).text);
    }
  } else {
    for (const name of readdirSync(new URL("fixtures/functional/calls/", root))
      .filter((file) => file.endsWith(".jsonl"))
      .sort()) {
      for (const line of readFileSync(new URL(`fixtures/functional/calls/${name}`, root), "utf8").split("\n"))
        if (line) texts.push(JSON.parse(line).text);
    }
  }
  return texts.map((text) => text.replaceAll(/[\r\n]+/g, " ").trim()).filter((text) => text !== "");
}

/** Fisher-Yates with a linear congruential generator, so that the order is the same everywhere. */
function shuffle(items) {
  let seed = 20200207;
  for (let at = items.length - 1; at > 0; at--) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const other = Math.floor((seed / 2 ** 32) * (at + 1));
    [items[at], items[other]] = [items[other], items[at]];
  }
  return items;
}

export async function writeCorpus(megabytes, path) {
  const messages = shuffle(readMessages());
  const out = createWriteStream(path);
  let left = megabytes * 1e6;
  while (left > 0) {
    const block = [];
    for (const message of messages) {
      block.push(message);
      left -= Buffer.byteLength(message) + 1;
      if (left <= 0) break;
    }
    if (!out.write(`${block.join("\n")}\n`)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  await writeCorpus(Number(process.argv[2] ?? 64), process.argv[3] ?? "corpus.txt");
