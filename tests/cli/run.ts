/** Runs the program as its users do: a process of its own, built files. `npm test` builds first. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));
export const PROGRAM: string = fileURLToPath(new URL("../../bin/qalqan.js", import.meta.url));

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunSettings {
  /** Pieces are written one by one, a little apart. */
  input?: string | Uint8Array | readonly (string | Uint8Array)[];
  env?: Record<string, string>;
  cwd?: string;
  /** Options of node itself. */
  node?: readonly string[];
}

export function run(args: readonly string[], settings: RunSettings = {}): Promise<Run> {
  return collect(process.execPath, [...(settings.node ?? []), PROGRAM, ...args], settings);
}

/** Runs a line of bash in which $Q is the program; `args` are $1, $2, ... */
export function shell(line: string, args: readonly string[] = [], settings: RunSettings = {}): Promise<Run> {
  return collect("bash", ["-c", `Q() { "$NODE" "$PROGRAM" "$@"; }; ${line}`, "bash", ...args], {
    ...settings,
    env: { NODE: process.execPath, PROGRAM, ...settings.env },
  });
}

function collect(command: string, args: readonly string[], { input = "", env = {}, cwd = ROOT }: RunSettings): Promise<Run> {
  return new Promise((resolve, reject) => {
    const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
    const child = spawn(command, args, { cwd, env: { ...inherited, ...env } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({
        code,
        stdout: Buffer.concat(out).toString("utf8"),
        stderr: Buffer.concat(err).toString("utf8"),
      }),
    );
    // A program that has refused its options does not read its input.
    child.stdin.on("error", () => {});
    void (async () => {
      for (const piece of Array.isArray(input) ? (input as readonly (string | Uint8Array)[]) : [input as string | Uint8Array]) {
        child.stdin.write(piece);
        if (Array.isArray(input)) await new Promise((next) => setTimeout(next, 5));
      }
      child.stdin.end();
    })();
  });
}
