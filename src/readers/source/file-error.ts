import { FormatError } from "../../core/error.ts";

/** What went wrong in opening or reading a file, in words that say what to do. */
export function asFormatError(path: string, cause: unknown): FormatError {
  if (cause instanceof FormatError) return cause;
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === "ENOENT" || code === "ENOTDIR")
    return new FormatError("E_NOT_FOUND", `${path}: there is no such file or folder. Check the name; names with spaces need quotes.`, {
      cause,
    });
  if (code === "EACCES" || code === "EPERM")
    return new FormatError("E_UNREADABLE", `${path}: reading it is not permitted. Check its permissions.`, { cause });
  const what = cause instanceof Error ? cause.message : String(cause);
  return new FormatError("E_UNREADABLE", `${path}: it cannot be read (${what}).`, { cause });
}
