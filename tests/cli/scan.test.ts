import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createFolder, recordsOf, type TestFolder } from "../pipeline/collected.ts";
import { CALLS, SAMPLE, SMALL_TALK, SUITE } from "../pipeline/messages.ts";
import { ROOT, run, shell } from "./run.ts";

// Processes of their own, and several at once.
vi.setConfig({ testTimeout: 30_000 });

let folder: TestFolder;
beforeAll(() => {
  folder = createFolder();
});
afterAll(() => folder.remove());

describe.concurrent("the sample chat", () => {
  const CALLING = [14, 15, 17, 20];
  const NOT_CALLING = [16, 18, 21, 26];

  it("is scanned to records: the calls are flagged, those who speak against them are not", async () => {
    const { code, stdout, stderr } = await run(["scan", SAMPLE, "--to", "jsonl"]);
    const records = recordsOf(stdout);
    const flagged = records.filter((record) => record.decision === "flag").map((record) => record.line);
    expect(code).toBe(0);
    expect(flagged).toEqual(expect.arrayContaining(CALLING));
    // Line 19 is a call in Kazakh written with Latin letters: found or not.
    expect(flagged.filter((line) => !CALLING.includes(line) && line !== 19)).toEqual([]);
    for (const line of NOT_CALLING) expect(flagged).not.toContain(line);
    expect(records.map((record) => record.line)).toEqual(records.map((record) => record.line).sort((a, b) => a - b));
    expect(stderr).toContain(`${records.length} messages`);
  });

  it("is scanned to text: the calls, marked, with their lines and reasons", async () => {
    const { code, stdout } = await run(["scan", SAMPLE, "--to", "text", "--only", "flag"]);
    const shown = [...stdout.matchAll(/^flag .*?\.txt:(\d+) /gm)].map((found) => Number(found[1]));
    expect(code).toBe(0);
    expect(shown).toEqual(expect.arrayContaining(CALLING));
    for (const line of NOT_CALLING) expect(shown).not.toContain(line);
    expect(stdout.match(/\[[^\]]+\]/g)!.length).toBeGreaterThanOrEqual(CALLING.length);
    expect(stdout.match(/^ {2}why: /gm)!.length).toBe(shown.length);
    expect(stdout).not.toContain("\u001b");
  });

  it("gives the same bytes in every run", async () => {
    const [first, second] = await Promise.all([run(["scan", SAMPLE]), run(["scan", SAMPLE])]);
    expect(second.stdout).toBe(first.stdout);
  });
});

describe.concurrent("scan as a filter", () => {
  it("reads lines from standard input and writes a record for each", async () => {
    for (const args of [["scan"], ["scan", "-"]]) {
      const { code, stdout } = await run(args, {
        input: `${CALLS[0]}\n${SMALL_TALK[0]}`,
      });
      expect(recordsOf(stdout)).toMatchObject([
        { id: "1", source: "-", line: 1, decision: "flag" },
        { id: "2", line: 2, decision: "pass" },
      ]);
      expect(code).toBe(0);
    }
  });

  it("writes nothing but records to stdout, and says the rest on stderr", async () => {
    const { stdout, stderr } = await run(["scan", SAMPLE, join(ROOT, "fixtures/jsonl/broken-lines/input.jsonl")]);
    for (const line of stdout.trimEnd().split("\n")) expect(Object.keys(JSON.parse(line) as object)[0]).toMatch(/^(?:id|error)$/);
    expect(stderr).toContain("messages");
  });

  it("is silent on stderr where it is told to be quiet", async () => {
    for (const args of [
      ["--quiet", "scan", SAMPLE],
      ["scan", SAMPLE, "--quiet"],
    ]) {
      const { code, stdout, stderr } = await run(args);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).not.toBe("");
    }
  });

  it("ends well and without a word when nobody reads on", async () => {
    const big = folder.put("big.txt", `${SMALL_TALK[2]}\n`.repeat(100_000));
    const { stdout, stderr } = await shell('set -o pipefail; Q scan "$1" | head -1; echo "$?"', [big]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe("0");
    expect(stderr).toBe("");
  });

  it("goes on when nobody reads its remarks", async () => {
    const { stdout } = await shell('set -o pipefail; { sleep 0.2; echo one; } | Q scan - nowhere.txt 2>&1 >"$1" | true; echo "$?"', [
      join(folder.path, "out.jsonl"),
    ]);
    expect(stdout).toBe("2\n");
    expect(recordsOf(readFileSync(join(folder.path, "out.jsonl"), "utf8"))).toMatchObject([{ text: "one" }]);
  });

  it("gives each line its verdict while the pipe is still open", async () => {
    const { stdout } = await shell(
      '{ printf "%s\\n" "$1"; sleep 10; } | Q scan --quiet | { IFS= read -r -t 9 line; printf "%s" "$line"; }',
      [CALLS[1]!],
    );
    expect(recordsOf(stdout)).toMatchObject([{ decision: "flag" }]);
  });

  it("gives the same records however the input comes in", async () => {
    const bytes = Buffer.from(`${SUITE.map((row) => row.text).join("\n")}\n`);
    const whole = await run(["scan", "--from", "lines"], { input: bytes });
    const file = await run(["scan", folder.put("suite.txt", bytes), "--from", "lines"]);
    const pieces: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += 997) pieces.push(bytes.subarray(at, at + 997));
    const cut = await run(["scan", "--from", "lines"], { input: pieces });
    const packed = await run(["scan", "--from", "lines"], {
      input: gzipSync(bytes),
    });
    expect(recordsOf(whole.stdout)).toHaveLength(SUITE.length);
    expect(cut.stdout).toBe(whole.stdout);
    expect(packed.stdout).toBe(whole.stdout);
    expect(recordsOf(file.stdout).map((record) => ({ ...record, source: "-" }))).toEqual(recordsOf(whole.stdout));
  });

  it("takes an empty input", async () => {
    const { code, stdout, stderr } = await run(["scan"]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("no messages");
    expect(await run(["scan", folder.put("empty.txt", "")])).toMatchObject({
      code: 0,
      stdout: "",
    });
  });
});

describe.concurrent("the options of scan", () => {
  it("name the formats of input and output", async () => {
    const { stdout } = await run(["scan", "--from", "lines", "--to", "csv"], {
      input: '{"text":"a, b"}\n',
    });
    expect(stdout.split("\r\n")[1]).toContain('"{""text"":""a, b""}"');
    const read = await run(["scan", "--from", "jsonl", "--text-field", "body", "--keep-fields", "url"], {
      input: '{"body":"a","url":"u"}\n',
    });
    expect(recordsOf(read.stdout)).toMatchObject([{ text: "a", fields: { url: "u" } }]);
  });

  it("write to a file", async () => {
    const out = join(folder.path, "written.jsonl");
    const { code, stdout } = await run(["scan", SAMPLE, "-o", out]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(recordsOf(readFileSync(out, "utf8"))).toEqual(recordsOf((await run(["scan", SAMPLE])).stdout));
  });

  it("refuse to write over an input, and leave it as it is", async () => {
    const path = folder.put("chat.txt", "hello\n");
    const { code, stderr } = await run(["scan", path, "-o", path]);
    expect(code).toBe(2);
    expect(stderr).toContain("chat.txt: is an input");
    expect(readFileSync(path, "utf8")).toBe("hello\n");
  });

  it("pass over the output where it lies in a scanned folder", async () => {
    folder.put("mine/chat.txt", "hello\n");
    const { code } = await run(["scan", ".", "-o", "a.jsonl"], {
      cwd: join(folder.path, "mine"),
    });
    expect(code).toBe(0);
    expect(recordsOf(readFileSync(join(folder.path, "mine/a.jsonl"), "utf8"))).toHaveLength(1);
  });

  it("narrow what is written, not what is counted", async () => {
    const { stdout, stderr } = await run(["scan", "--only", "flag"], {
      input: `${CALLS[2]}\n${SMALL_TALK[0]}\n`,
    });
    expect(recordsOf(stdout)).toMatchObject([{ decision: "flag" }]);
    expect(stderr).toContain("2 messages");
  });

  it("set thresholds, for all labels or for one", async () => {
    const decisions = async (...args: string[]) =>
      recordsOf(
        (
          await run(["scan", ...args], {
            input: `${CALLS[2]}\n${SMALL_TALK[2]}\n`,
          })
        ).stdout,
      ).map((record) => [record.decision, record.labels.length]);
    expect(await decisions("--threshold", "0")).toEqual([
      ["flag", 3],
      ["flag", 3],
    ]);
    expect(await decisions("--threshold", "1")).toMatchObject([
      [expect.not.stringContaining("flag"), 0],
      ["pass", 0],
    ]);
    expect(await decisions("--threshold", "1", "--threshold", "hate=0")).toEqual([
      ["flag", 1],
      ["flag", 1],
    ]);
  });

  it("leave out the model, or groups of other kinds", async () => {
    const records = async (...args: string[]) => recordsOf((await run(["scan", ...args], { input: `${CALLS[2]}\n` })).stdout);
    expect(await records("--no-model")).toMatchObject([{ decision: "flag" }]);
    expect(await records("--targets", "disability")).toMatchObject([{ decision: "pass" }]);
  });

  it("add messages that a program wrote", async () => {
    const records = recordsOf((await run(["scan", SAMPLE, "--include", "system"])).stdout);
    expect(records.some((record) => record.kind === "system")).toBe(true);
  });

  it("end with 1 where the decision to fail on is met", async () => {
    expect((await run(["scan", "--fail-on", "flag"], { input: CALLS[0]! })).code).toBe(1);
    expect((await run(["scan", "--fail-on", "review"], { input: CALLS[0]! })).code).toBe(1);
    expect((await run(["scan", "--fail-on", "flag"], { input: SMALL_TALK[0] })).code).toBe(0);
    expect(
      (
        await run(["scan", "--fail-on", "flag", "nowhere.txt", "-"], {
          input: CALLS[0]!,
        })
      ).code,
    ).toBe(2);
  });

  it.each<[string[], RegExp]>([
    [["--threshold", "2"], /"2" is no probability\. Give a number from 0 to 1/],
    [["--threshold", ""], /no probability/],
    [["--threshold", "much"], /no probability/],
    [["--threshold", "rude=0.5"], /"rude" is no label\. Labels: slur, incitement, hate/],
    [["--threshold", "hate="], /no probability/],
    [["--threshold", "hate=0.5=0.7"], /no probability/],
    [["--targets", "people"], /"people" is no kind of group\. Kinds: ethnicity/],
    [["--from", "word"], /Allowed choices are auto, lines/],
    [["--to", "xml"], /Allowed choices are auto, text, jsonl, csv/],
    [["--only", "bad"], /Allowed choices are flag, review, all/],
    [["--preset", "wild"], /Allowed choices are precision, balanced, recall/],
    [["--fail-on", "pass"], /Allowed choices/],
    [["--treshold", "1"], /unknown option '--treshold'[\s\S]*--threshold/],
    [["-o", "/nowhere/out.jsonl"], /\/nowhere\/out\.jsonl: cannot be written[\s\S]*another file/],
    [["--model", "/nowhere/x.model"], /x\.model: the model cannot be read/],
    [["--lexicon", "/nowhere/x.json"], /x\.json: cannot be read/],
    [["--no-builtin-lexicons"], /--lexicon PATH/],
  ])("are refused with 2 and a clear message: %j", async (args, message) => {
    const { code, stdout, stderr } = await run(["scan", ...args], {
      input: "hello\n",
    });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect([code, stdout]).toEqual([2, ""]);
  });

  it.skipIf(!existsSync("/dev/full"))("say that a disk is full, without a trace of the program", async () => {
    const big = folder.put("full.txt", `${SMALL_TALK[2]}\n`.repeat(1000));
    for (const line of ['Q scan "$1" >/dev/full', 'Q scan "$1" -o /dev/full']) {
      const { code, stderr } = await shell(line, [big]);
      expect(code).toBe(2);
      expect(stderr).toContain("cannot be written");
      expect(stderr).not.toMatch(/\n\s+at /);
    }
  });

  it.skipIf(!existsSync("/usr/bin/script"))("paint a terminal, unless told otherwise", async () => {
    const onTerminal = async (command: string, env: Record<string, string> = {}) =>
      (
        await shell('script -qec "$1" /dev/null', [command], {
          env: { TERM: "xterm", ...env },
        })
      ).stdout;
    const scan = `"$NODE" "$PROGRAM" scan "${SAMPLE}"`;
    expect(await onTerminal(scan)).toContain("\u001b[7m");
    expect(await onTerminal(scan, { NO_COLOR: "1" })).not.toContain("\u001b[");
    expect(await onTerminal(`"$NODE" "$PROGRAM" --no-color scan "${SAMPLE}"`)).not.toContain("\u001b[7m");
  });
});

describe.concurrent("an input that cannot be read", () => {
  it("ends with 2 where a file is missing, and the other is scanned", async () => {
    const { code, stdout, stderr } = await run(["scan", "nowhere.txt", SAMPLE]);
    expect(code).toBe(2);
    expect(stderr).toContain("nowhere.txt: there is no such file");
    expect(recordsOf(stdout).length).toBeGreaterThan(20);
  });

  it("ends with 2 where a folder holds no chats", async () => {
    folder.put("photos/a.jpg", "x");
    const { code, stdout, stderr } = await run(["scan", join(folder.path, "photos")]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("photos");
  });

  it("is an error record or a note where JSON breaks off, and no failure", async () => {
    const path = folder.put("result.json", readFileSync(join(ROOT, "fixtures/telegram/truncated/input.json")));
    const { code, stdout, stderr } = await run(["scan", path]);
    expect(code).toBe(0);
    expect(recordsOf(stdout).length).toBeGreaterThan(0);
    expect(stdout.includes('"error"') || stderr.includes("result.json:")).toBe(true);
    const line = await run(["scan", "--from", "jsonl"], {
      input: '{"text":"whole"}\n{"text":"cut of',
    });
    expect([line.code, recordsOf(line.stdout).map((record) => record.error?.code ?? record.text)]).toEqual([0, ["whole", "E_JSON"]]);
    expect(line.stderr).toContain("could not be read");
  });

  it("is read in the encoding it is in, and that is said", async () => {
    const { code, stdout, stderr } = await run(["scan"], {
      input: Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x0a]),
    });
    expect([code, recordsOf(stdout).map(({ text }) => text)]).toEqual([0, ["Привет"]]);
    expect(stderr).toContain("stdin: lines, windows-1251 · 1 record: 1 message");
  });

  it("is an error record where a line has 50 MB, in less than 400 MB of memory", async () => {
    const path = folder.put(
      "giant.txt",
      Buffer.concat([Buffer.from("before\n"), Buffer.alloc(50 << 20, "word "), Buffer.from("\nafter\n")]),
    );
    const measure = "data:text/javascript,process.on('exit',()=>process.stderr.write('maxRSS '+process.resourceUsage().maxRSS))";
    const { code, stdout, stderr } = await run(["scan", path], {
      node: ["--import", measure],
    });
    expect(code).toBe(0);
    expect(recordsOf(stdout).map((record) => record.error?.code ?? record.text)).toEqual(["before", "E_RECORD_TOO_LONG", "after"]);
    expect(Number(/maxRSS (\d+)/.exec(stderr)![1])).toBeLessThan(400 << 10);
  });

  it.skipIf(process.getuid?.() === 0)("ends with 2 where a file may not be read", async () => {
    const path = folder.put("secret.txt", "x");
    chmodSync(path, 0);
    const { code, stderr } = await run(["scan", path]);
    expect(code).toBe(2);
    expect(stderr).toContain("not permitted");
  });

  it("ends with 2 where the model is of another version", async () => {
    const bytes = readFileSync(join(ROOT, "models/qalqan.model"));
    bytes[7] = 99;
    const { code, stdout, stderr } = await run(["scan", "--model", folder.put("new.model", bytes)], { input: "hello\n" });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/new\.model: model version 99; this program reads version 2\. Train a model[\s\S]*E_MODEL_VERSION/);
  });

  it("ends with 2 where the model is damaged", async () => {
    const bytes = readFileSync(join(ROOT, "models/qalqan.model"));
    for (const [name, damaged] of [
      ["cut", bytes.subarray(0, bytes.length - 1)],
      ["other", Buffer.from("hello there, no model")],
    ] as const) {
      writeFileSync(join(folder.path, name), damaged);
      const { code, stderr } = await run(["explain", "hello", "--model", join(folder.path, name)]);
      expect(code).toBe(2);
      expect(stderr).toContain("E_MODEL_FORMAT");
    }
  });
});
