import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { listSources, type SourceListing } from "../../src/readers/source/source.ts";
import { zip } from "./make-zip.ts";
import { scratchFolder } from "./scratch.ts";

const { path, put } = scratchFolder();

const USERS = [
  { id: "U1", name: "aigul", real_name: "Aigul S.", profile: { display_name: "Айгүл" } },
  { id: "U2", name: "ivan", real_name: "Ivan P.", profile: { display_name: "" } },
  { id: "U3", name: "bot", profile: null },
  { id: 4, name: "no id" },
  { id: "U5" },
  null,
];
const EXPORT: Readonly<Record<string, string>> = {
  "users.json": JSON.stringify(USERS),
  "channels.json": JSON.stringify([{ id: "C1", name: "general" }]),
  "dms.json": JSON.stringify([{ id: "D1", members: ["U1", "U2"] }, { id: "D2", members: ["U1", "U9"] }, { id: "D3" }, 5]),
  "integration_logs.json": "[]",
  "general/2024-01-02.json": "[]",
  "general/2024-01-10.json": "[]",
  "general/canvas_in_the_conversation.json": "[]",
  "D1/2024-01-02.json": "[]",
  "D2/2024-01-02.json": "[]",
};

/** The export once as a folder and once as an archive, below `root`. */
async function listBoth(name: string, files: Readonly<Record<string, string>>, root = ""): Promise<SourceListing[]> {
  for (const [file, content] of Object.entries(files)) put(`${name}/${root}${file}`, content);
  const archive = put(`${name}.zip`, zip(Object.entries(files).map(([file, content]) => ({ name: root + file, content }))));
  return [await listSources([path(name)]), await listSources([archive])];
}

function conversations({ sources }: SourceListing): Array<[string, string | undefined]> {
  return sources.map((source) => [source.path.replace(/^.*?\/(slack[^/]*)\//, ""), source.known?.conversation]);
}

describe("an export of Slack", () => {
  test.each(["", "export of 2024/"])("has names for people and conversations, below %j", async (root) => {
    for (const listing of await listBoth(root === "" ? "slack" : "slack-deep", EXPORT, root)) {
      expect(conversations(listing)).toEqual(
        [
          ["D1/2024-01-02.json", "Айгүл, Ivan P."],
          ["D2/2024-01-02.json", "D2"],
          ["general/2024-01-02.json", "general"],
          ["general/2024-01-10.json", "general"],
          ["general/canvas_in_the_conversation.json", undefined],
        ].map(([file, conversation]) => [root + file, conversation]),
      );
      expect([...listing.sources[0]!.known!.names!]).toEqual([
        ["U1", "Айгүл"],
        ["U2", "Ivan P."],
        ["U3", "bot"],
      ]);
      expect(listing.skipped.map(({ path: file, reason }) => [file.split("/").at(-1), reason]).sort()).toEqual([
        ["channels.json", "lists the workspace's conversations"],
        ["dms.json", "lists the workspace's conversations"],
        ["integration_logs.json", "is one of Slack's lists, not a conversation"],
        ["users.json", "lists the workspace's people"],
      ]);
      expect(listing.failures).toEqual([]);
    }
  });

  test("with a list of people that is broken has ids in place of names, and says so", async () => {
    for (const broken of ["[{", "{}", "null", "[]"])
      for (const listing of await listBoth(`slack-${broken.length}`, { ...EXPORT, "users.json": broken, "dms.json": broken })) {
        expect(listing.sources[0]!.known).toEqual({ conversation: "D1", names: new Map() });
        expect(listing.skipped.find((file) => file.path.endsWith("users.json"))?.reason).toContain("could not be read");
      }
  });

  test("is known by its lists and days together", async () => {
    for (const missing of ["users.json", "channels.json", "dms.json"]) {
      const { [missing]: _, "dms.json": __, ...files } = EXPORT;
      for (const { sources, skipped } of await listBoth(`slack-no-${missing}`, files)) {
        expect(sources.some((source) => source.known !== undefined)).toBe(missing === "dms.json");
        expect(skipped.length).toBe(missing === "dms.json" ? 3 : 0);
      }
    }
  });
});

const EXPORTED = "../shared/exports/slack/sev_testarchive.zip";
test.skipIf(!existsSync(EXPORTED))("a real export of Slack has its channels and people (skipped without ../shared/exports)", async () => {
  const { sources, skipped } = await listSources([EXPORTED]);
  expect(sources.length).toBe(17);
  expect(new Set(sources.map((source) => source.known?.conversation))).toEqual(new Set(["enrique", "traveling-sailor"]));
  expect(sources[0]!.known!.names!.get("U0BMYT2FL")).toBe("abilinski");
  expect(skipped.length).toBe(3);
});
