import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { extensionWithin, isChatExtension } from "./extensions.ts";
import { compareNames } from "./order.ts";

/** What walking a folder finds; contents are not looked at. */
export interface FolderFiles {
  readonly files: string[];
  readonly skipped: Array<{ readonly path: string; readonly reason: string }>;
}

/**
 * Walks a folder in the order of compareNames, files and folders together. Dot files and node_modules are passed over
 * without a word; links to folders are not followed, so that there is no way round in a circle.
 */
export async function walkFolder(folder: string): Promise<FolderFiles> {
  const found: FolderFiles = { files: [], skipped: [] };
  const stack = [folder];
  for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
    const stats = path === folder ? null : await stat(path).catch(() => null);
    if (path === folder || stats?.isDirectory() === true) {
      const entries = await readEntries(path, found);
      // Last first, because the stack gives them back in reverse.
      for (const name of entries.sort(compareNames).reverse()) stack.push(join(path, name));
    } else if (stats === null) found.skipped.push({ path, reason: "is a link to nowhere" });
    else if (!stats.isFile()) found.skipped.push({ path, reason: "is not a file" });
    else if (isChatExtension(extensionWithin(path))) found.files.push(path);
    else
      found.skipped.push({
        path,
        reason: `has the extension ${extensionWithin(path)}, which is none of a chat; name the file itself to have it read`,
      });
  }
  return found;
}

async function readEntries(folder: string, found: FolderFiles): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const names: string[] = [];
    for (const entry of entries) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (!entry.isSymbolicLink()) names.push(entry.name);
      else if (await isFolder(join(folder, entry.name)))
        found.skipped.push({
          path: join(folder, entry.name),
          reason: "is a link to a folder",
        });
      else names.push(entry.name);
    }
    return names;
  } catch {
    found.skipped.push({ path: folder, reason: "cannot be opened" });
    return [];
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}
