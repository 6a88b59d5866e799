/** Streams an export's messages as objects with stream-json and puts together each text: node read-stream-json.js FILE */
import { createReadStream } from "node:fs";
import { pick } from "stream-json/filters/pick.js";
import { parser } from "stream-json/parser.js";
import { streamArray } from "stream-json/streamers/stream-array.js";

let count = 0;
const records = createReadStream(process.argv[2])
  .pipe(parser.asStream())
  .pipe(pick.asStream({ filter: "messages" }))
  .pipe(streamArray.asStream());
for await (const { value } of records) {
  const { text } = value;
  const whole = typeof text === "string" ? text : (text ?? []).map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
  if (whole !== undefined) count++;
}
console.log(count);
