/** Our whole scan, of which only the flagged messages are written. */
import { measureScan } from "../whole-scan.js";

await measureScan({ name: "qalqan scan --only flag", surface: "scan --only flag", only: "flag" });
