/** What -o names: opened, written, and kept from being an input. */
import { closeSync, openSync, writeSync } from "node:fs";
import { ConfigError } from "../core/error.ts";
import { isSameFile } from "../pipeline/scan.ts";

/** Where the records go: a file, or standard output with its back-pressure. */
export function openSink(path: string | undefined): {
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
} {
  if (path === undefined || path === "-") {
    const write = (bytes: Uint8Array) =>
      new Promise<void>((resolve) =>
        bytes.length === 0 || process.stdout.write(bytes) ? resolve() : process.stdout.once("drain", resolve),
      );
    return { write, close: () => {} };
  }
  const file = attemptOutput(path, () => openSync(path, "w"));
  const write = async (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; ) at += attemptOutput(path, () => writeSync(file, bytes, at));
  };
  return { write, close: () => closeSync(file) };
}

/** @throws ConfigError where opening the output would empty an input. */
export function keepInputs(paths: readonly string[], output: string | undefined): void {
  const clash = output === undefined ? undefined : paths.find((path) => isSameFile(path, output));
  if (clash !== undefined)
    throw new ConfigError(
      "E_OUTPUT",
      `${clash}: is an input, and as the output it would be emptied before it is read. Give another file to -o.`,
    );
}

/** @throws ConfigError where `action`, which writes to the file at `path`, fails. */
export function attemptOutput<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw new ConfigError("E_OUTPUT", `${path}: cannot be written: ${(cause as Error).message}. Give another file to -o.`, { cause });
  }
}
