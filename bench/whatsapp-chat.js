/**
 * Makes a WhatsApp export of a given size in the form of fixtures/sample: its names, its words in another order, messages a few
 * minutes apart, some of several lines, some in place of media, some deleted, and notices of the group. Seeded.
 *
 *     npm run build && node bench/whatsapp-chat.js 64 /tmp/chat.txt
 */
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";

const SAMPLE = new URL("../fixtures/sample/WhatsApp Chat with Ауыл чат.txt", import.meta.url);
const HEADER = /^\d\d\.\d\d\.\d{4}, \d\d:\d\d - (?:([^:\n]+): )?(.*)$/u;
const BLOCK_MESSAGES = 1000;
const MINUTE_MS = 60_000;

/** @returns how many messages were written. */
export async function writeChat(megabytes, path) {
  const { seededRandom } = await import("../dist/core/random.js");
  const random = seededRandom(20200207);
  const pick = (items) => items[Math.floor(random() * items.length)];
  const { names, words } = readSample();
  const lineOf = () => Array.from({ length: 1 + Math.floor(random() ** 2 * 24) }, () => pick(words)).join(" ");
  const bodyOf = () => {
    const chance = random();
    if (chance < 0.03) return "<Без медиафайлов>";
    if (chance < 0.04) return "Данное сообщение удалено";
    if (chance < 0.08) return `${lineOf()}\n${lineOf()}`;
    return lineOf();
  };
  const out = createWriteStream(path);
  let sentAtMs = Date.UTC(2020, 1, 6, 18, 2);
  let messages = 0;
  for (let left = megabytes * 1e6; left > 0; ) {
    const block = [];
    for (let index = 0; index < BLOCK_MESSAGES; index++) {
      sentAtMs += Math.floor(random() ** 3 * 12) * MINUTE_MS;
      const iso = new Date(sentAtMs).toISOString();
      const header = `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}, ${iso.slice(11, 16)} - `;
      block.push(header + (random() < 0.005 ? `${pick(names)} добавил(-а) ${pick(names)}\n` : `${pick(names)}: ${bodyOf()}\n`));
    }
    const text = block.join("");
    left -= Buffer.byteLength(text);
    messages += block.length;
    if (!out.write(text)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return messages;
}

function readSample() {
  const names = new Set();
  const words = [];
  for (const line of readFileSync(SAMPLE, "utf8").split("\n")) {
    const [, name, body] = HEADER.exec(line) ?? [];
    if (name === undefined) continue;
    names.add(name);
    if (!body.startsWith("<")) words.push(...body.split(" "));
  }
  return { names: [...names], words };
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  console.log(`${await writeChat(Number(process.argv[2] ?? 64), process.argv[3] ?? "chat.txt")} messages`);
