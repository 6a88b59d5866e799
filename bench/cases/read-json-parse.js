/** Parses a whole export and puts together each text: node read-json-parse.js FILE */
import { readFileSync } from "node:fs";

let count = 0;
for (const { text } of JSON.parse(readFileSync(process.argv[2], "utf8")).messages) {
  const whole = typeof text === "string" ? text : (text ?? []).map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
  if (whole !== undefined) count++;
}
console.log(count);
