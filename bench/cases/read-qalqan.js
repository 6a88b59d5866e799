/** Reads a file into batches and counts its messages: node read-qalqan.js FILE FORMAT */
import { beginReading, readMessages } from "../../dist/readers/messages.js";
import { listSources } from "../../dist/readers/source/source.js";

const [path, format] = process.argv.slice(2);
const { sources } = await listSources([path]);
let count = 0;
for await (const _ of readMessages(sources[0], format, {}, (batch) => (count += batch.count), beginReading()));
console.log(count);
