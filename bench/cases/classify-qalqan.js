/**
 * Our whole scan: start-up, reading, lexicons, rules, model, all labels, evidence and JSONL of every message are in the
 * time, where the rivals' time is classifying alone.
 */
import { measureScan } from "../whole-scan.js";

await measureScan({ name: "qalqan scan", surface: "scan", only: "all" });
