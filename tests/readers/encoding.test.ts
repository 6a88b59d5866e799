import { isUtf8 } from "node:buffer";
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBytes } from "../../src/readers/source/bytes.ts";
import { CHARSETS, type Charset, charactersOf, SingleByteDecoder } from "../../src/readers/source/charsets.ts";
import { type Encoding, TextDecoding } from "../../src/readers/source/encoding.ts";
import { Utf8Census } from "../../src/readers/source/utf8-census.ts";

const RUSSIAN =
  "Всем привет! Завтра собираемся у Айгуль в семь вечера, не опаздывайте. Кто возьмёт торт? Я могу купить сок и фрукты. Дождь обещают только к ночи, так что посидим во дворе. Объясните, пожалуйста, как доехать от вокзала: эта улица на карте не отмечена. Щенок уже подрос и ждёт гостей. ";
const KAZAKH =
  "Сәлем, достар! Ертең кешке Айгүлдің үйінде жиналамыз, кешікпеңіздер. Торт кім алады? Мен шырын мен жеміс әкелемін. Жаңбыр тек түнде жауады дейді, сондықтан аулада отырамыз. Вокзалдан қалай баруға болады, түсіндіріп жіберіңізші: бұл көше картада жоқ. Күшігіміз өсіп қалды, қонақтарды күтіп отыр. Һәм бәріміз ән айтамыз. ";
const UKRAINIAN =
  "Привіт усім! Завтра збираємося в Оленки о сьомій вечора, не запізнюйтеся. Хто візьме торт? Я можу купити сік і фрукти. Дощ обіцяють лише вночі, тож посидимо надворі. Поясніть, будь ласка, як доїхати від вокзалу: цієї вулиці на мапі немає. Її цуценя вже підросло й чекає на гостей, воно гавкає на ґанку. ";
const SERBIAN =
  "Здраво свима! Сутра се окупљамо код Милице у седам увече, немојте да касните. Ко ће донети торту? Ја могу да купим сок и воће. Кишу најављују тек за ноћ, па ћемо седети у дворишту. Објасните како се стиже од станице: њена улица није на мапи. Љубимац је већ порастао, лаје на џемпер и ђаке. ";
const GERMAN =
  "Hallo zusammen! Morgen treffen wir uns um sieben bei Jürgen, kommt bitte pünktlich. Wer bringt Süßigkeiten mit? Ich könnte Säfte und Äpfel kaufen. Für die Nacht ist Regen angekündigt, bis dahin können wir draußen sitzen. Erklärt mir bitte, wie man vom Bahnhof zur Grünen Straße kommt. Das Hündchen ist schon größer. ";
const FRENCH =
  "Bonjour à tous ! Demain on se retrouve chez Hélène à sept heures, ne soyez pas en retard. Qui apporte le gâteau ? Je peux acheter du jus et des pêches. La pluie est annoncée pour la nuit, on pourra donc dîner dehors. Expliquez-moi où ça se trouve : cette allée n'est pas indiquée. Le chiot a déjà bien grandi, Noël approche. ";

const bytesOf = new Map(CHARSETS.map((charset) => [charset, new Map(charactersOf(charset).map((character, byte) => [character, byte]))]));

/** By turning the code page's table round. */
function encode(text: string, charset: Charset): Uint8Array {
  return Uint8Array.from([...text], (character) => bytesOf.get(charset)!.get(character) ?? 0x3f);
}

/** What comes of bytes that are pushed in pieces. */
function decode(bytes: Uint8Array, pieceBytes = bytes.length): { text: string; encoding: Encoding } {
  const out: Uint8Array[] = [];
  const encodings: Encoding[] = [];
  const decoding = new TextDecoding(
    "test",
    (piece) => out.push(piece.slice()),
    (encoding) => encodings.push(encoding),
  );
  for (let start = 0; start < bytes.length; start += pieceBytes) decoding.push(bytes.slice(start, start + pieceBytes));
  decoding.finish();
  expect(encodings.length).toBe(1);
  return { text: Buffer.concat(out).toString("utf8"), encoding: encodings[0]! };
}

/** The share of pieces of so many bytes, cut from all over the text, that are read right. */
function accuracy(text: string, charset: Charset, byteLength: number): number {
  const source = text.repeat(Math.ceil((2 * byteLength) / text.length) + 1);
  let [right, all] = [0, 0];
  for (let start = 0; start < text.length; start += 5) {
    const piece = source.slice(start, start + byteLength);
    all++;
    if (decode(encode(piece, charset)).text === piece) right++;
  }
  return right / all;
}

const LANGUAGES: ReadonlyArray<readonly [name: string, text: string, charset: Charset, at20: number, at60: number]> = [
  ["Russian", RUSSIAN, "windows-1251", 1, 1],
  ["Russian", RUSSIAN, "KOI8-R", 1, 1],
  ["Russian", RUSSIAN, "IBM866", 1, 1],
  ["Russian", RUSSIAN.toUpperCase(), "windows-1251", 0.97, 1],
  ["Russian", RUSSIAN.toUpperCase(), "KOI8-R", 0.85, 1],
  ["Kazakh", KAZAKH, "KZ-1048", 0.97, 1],
  ["Ukrainian", UKRAINIAN, "windows-1251", 0.9, 0.95],
  ["Ukrainian", UKRAINIAN, "KOI8-U", 0.97, 1],
  ["Serbian", SERBIAN, "windows-1251", 0.85, 0.8],
  ["German", GERMAN, "windows-1252", 0.97, 1],
  ["French", FRENCH, "windows-1252", 0.95, 1],
];

describe("a text in a code page", () => {
  test.each(LANGUAGES)("%s is told by its letters: %#", (_, text, charset, at20, at60) => {
    expect(accuracy(text, charset, 20)).toBeGreaterThanOrEqual(at20);
    expect(accuracy(text, charset, 60)).toBeGreaterThanOrEqual(at60);
    expect(accuracy(text, charset, 200)).toBe(1);
    const long = text.repeat(8).slice(0, 2000);
    expect(decode(encode(long, charset))).toEqual({ text: long, encoding: charset });
  });

  test("is named by the plainest page that reads it the same way", () => {
    expect(decode(encode(RUSSIAN, "KZ-1048")).encoding).toBe("windows-1251");
    expect(decode(encode(RUSSIAN, "KOI8-U")).encoding).toBe("KOI8-R");
  });

  test("with a few words of Kazakh among Russian ones keeps its Kazakh letters", () => {
    const text = `${RUSSIAN}Рахмет, көп жаса! ${RUSSIAN}`;
    expect(decode(encode(text, "KZ-1048"))).toEqual({ text, encoding: "KZ-1048" });
  });

  test("is decoded as the standard decoders do, and KZ-1048 as its table says", () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    for (const charset of CHARSETS) {
      const out: Uint8Array[] = [];
      new SingleByteDecoder(charset).decode(all, (piece) => out.push(piece));
      const text = Buffer.concat(out).toString("utf8");
      if (charset !== "KZ-1048") expect(text).toBe(new TextDecoder(charset).decode(all));
      else expect(text).toContain("ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—");
    }
    const kazakh = "ҚҺқһ ҰұӘӨҒҮөғәҢңү іІ";
    expect(Buffer.from(encode(kazakh, "KZ-1048")).toString("hex")).toBe("8d8e9d9e20a1a2a3a5aaafb4babcbdbebf20b3b2");
  });

  test("that none of them makes sense of is left as it is", () => {
    const noise = Uint8Array.from({ length: 3000 }, (_, index) => (index * 7919 + (index >> 3) * 104_729) & 0xff);
    expect(decode(noise.map((byte) => (byte === 0 ? 1 : byte))).encoding).toBe("UTF-8");
  });

  test("is found behind 64 KiB of ASCII, and behind lines with a letter of UTF-8", () => {
    const ascii = "plain words, line after line\n".repeat(3000);
    expect(decode(Buffer.concat([Buffer.from(ascii), encode(RUSSIAN, "windows-1251")]))).toEqual({
      text: ascii + RUSSIAN,
      encoding: "windows-1251",
    });
    const mixed = Buffer.concat([Buffer.from("café\nnaïve\n"), encode(RUSSIAN, "windows-1251")]);
    expect(decode(mixed).text).toBe(`café\nnaïve\n${RUSSIAN}`);
  });
});

describe("a declared charset", () => {
  const short = "ШЩ ЪЭ";

  test.each([
    '<!DOCTYPE html><html><head><meta charset="koi8-r">',
    "<html>\n<META CHARSET = KOI8-R />",
    '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">',
    "<?xml version='1.0' encoding='KOI8-R'?>",
  ])("is believed where letters are few: %s", (head) => {
    const bytes = Buffer.concat([Buffer.from(head), encode(short, "KOI8-R")]);
    expect(decode(bytes)).toEqual({ text: head + short, encoding: "KOI8-R" });
  });

  test("is not believed against the bytes, nor outside of a page", () => {
    const lie = `<meta charset="windows-1251">\n${KAZAKH}`;
    expect(decode(Buffer.from(lie))).toEqual({ text: lie, encoding: "UTF-8" });
    const chat = `He wrote <meta charset="koi8-r">\n`;
    expect(decode(Buffer.concat([Buffer.from(chat), encode(RUSSIAN, "windows-1251")])).encoding).toBe("windows-1251");
    for (const head of ['<meta charset="utf-8">', "<meta charset=", "<meta charset", '<meta charset="__proto__">', "<?xml"])
      expect(decode(Buffer.concat([Buffer.from(head), encode(RUSSIAN, "windows-1251")])).text).toBe(head + RUSSIAN);
  });
});

describe("UTF-8", () => {
  test("stays what it is, with broken bytes and without", () => {
    const bytes = Buffer.from(RUSSIAN + KAZAKH);
    for (const [start, end] of [
      [0, bytes.length],
      [1, bytes.length - 1],
    ] as const)
      expect(decode(bytes.subarray(start, end)).encoding).toBe("UTF-8");
    const spliced = Buffer.concat([encode("Привет\n", "windows-1251"), bytes]);
    expect(decode(spliced)).toEqual({ text: spliced.toString("utf8"), encoding: "UTF-8" });
    expect(decode(Buffer.from("ASCII only\n")).encoding).toBe("UTF-8");
    expect(decode(new Uint8Array(0))).toEqual({ text: "", encoding: "UTF-8" });
    expect(decode(Buffer.from("\ufeffсәлем\ufeff"))).toEqual({ text: "сәлем\ufeff", encoding: "UTF-8 with BOM" });
  });

  test("is told from other bytes as the standard decoder does", () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 3 }).map((text) => Buffer.from(text)),
      fc
        .constantFrom("c0af", "c2", "e0809f", "e0a0", "eda080", "f0808080", "f48fbfbf", "f4908080", "80")
        .map((hex) => Buffer.from(hex, "hex")),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
        const bytes = Buffer.concat(pieces);
        const census = new Utf8Census();
        for (const byte of bytes) census.push(byte);
        census.breakOff();
        expect(census.invalid === 0).toBe(isUtf8(bytes));
        if (isUtf8(bytes)) expect(census.valid).toBe([...bytes.toString()].filter((character) => character > "\x7f").length);
      }),
      { numRuns: 2000 },
    );
  });

  test("is handed on line by line while it comes, ASCII at once", () => {
    const out: Uint8Array[] = [];
    const decoding = new TextDecoding("test", (piece) => out.push(piece));
    const push = (text: string): string => {
      decoding.push(Buffer.from(text));
      return Buffer.concat(out.splice(0)).toString("utf8");
    };
    expect(push("ok\n")).toBe("ok\n");
    expect(push("no line end")).toBe("no line end");
    expect(push(", é")).toBe(", ");
    expect(push(" and more\nnext")).toBe("é and more\nnext");
    expect(push(" сәлем")).toBe(" ");
    expect(push("\n")).toBe("сәлем\n");
    expect(push("now it is cer\u0442")).toBe("now it is cer\u0442");
    decoding.finish();
  });
});

describe("UTF-16 and UTF-32", () => {
  test("UTF-16 is told by the halves of its units where there is no mark", () => {
    for (const text of [RUSSIAN, KAZAKH, FRENCH, "\n«Ия» 😀\n", "ok"]) {
      const little = Buffer.from(text, "utf16le");
      expect(decode(little)).toEqual({ text, encoding: "UTF-16LE" });
      expect(decode(Buffer.from(little).swap16())).toEqual({ text, encoding: "UTF-16BE" });
    }
  });

  test("numbers and ASCII with a NUL are not UTF-16", () => {
    const numbers = Uint8Array.from({ length: 4000 }, (_, at) => (at % 2 === 0 ? 1 + ((at >> 1) % 30) : 0));
    expect(decode(numbers).encoding).toBe("UTF-8");
    expect(decode(Buffer.from("a\0bcd, and so on")).encoding).toBe("UTF-8");
  });

  test("half a pair is repaired and an odd byte at the end is no error", () => {
    expect(decode(Buffer.from("fffe3d00d8003d0041", "hex")).text).toBe("=\ud800=\ufffd".replace("\ud800", "\u00d8"));
    expect(decode(Buffer.from("fffe00d84100", "hex")).text).toBe("\ufffdA");
  });

  test("UTF-32 is refused with advice", () => {
    for (const mark of ["fffe0000", "0000feff"])
      expect(() => decode(Buffer.from(`${mark}41000000`, "hex"))).toThrowError(expect.objectContaining({ code: "E_ENCODING" }));
  });
});

describe("any chunking gives the same text and the same encoding", () => {
  const line = fc.oneof(
    fc.constantFrom(RUSSIAN, KAZAKH, "ascii", "é", "").map((text) => Buffer.from(text)),
    fc.constantFrom(...CHARSETS).map((charset) => Buffer.from(encode(RUSSIAN.slice(0, 90), charset))),
    fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
  );

  test("of lines in one encoding or in many", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.integer({ min: 1, max: 40 }), (lines, pieceBytes) => {
        const bytes = Buffer.concat(lines.flatMap((content) => [content, Buffer.from("\n")]));
        fc.pre(bytes.subarray(0, 4).toString("hex") !== "fffe0000" && bytes.subarray(0, 4).toString("hex") !== "0000feff");
        expect(decode(bytes, pieceBytes)).toEqual(decode(bytes));
      }),
      { numRuns: 300 },
    );
  });

  test("where 64 KiB are not enough to tell", () => {
    for (const text of [`é${"-".repeat(70_000)}сәлем\n`, `${"é-".repeat(40_000)}`, `x${"-".repeat(65_530)}é${"-".repeat(65_531)}éé`]) {
      const bytes = Buffer.from(text);
      expect(decode(bytes).text).toBe(text);
      expect(decode(bytes, 1000).text).toBe(text);
    }
  });
});

test("decodeBytes does not wait for more than it needs", async () => {
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from("ok\n");
    throw new Error("it asked for more");
  };
  const { value } = await decodeBytes("test", bytes()).next();
  expect(Buffer.from(value!).toString()).toBe("ok\n");
});

test("decodeBytes takes gzip off first and tells the encoding", async () => {
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield gzipSync(encode(RUSSIAN, "IBM866"));
  };
  const encodings: string[] = [];
  const out: Uint8Array[] = [];
  for await (const chunk of decodeBytes("test", bytes(), { onEncoding: (encoding) => encodings.push(encoding) })) {
    expect(Buffer.isBuffer(chunk)).toBe(false);
    out.push(chunk);
  }
  expect(Buffer.concat(out).toString("utf8")).toBe(RUSSIAN);
  expect(encodings).toEqual(["IBM866"]);
});

const SAMPLES = "../shared/exports/generic/lc_example-non-utf8";
test.skipIf(!existsSync(`${SAMPLES}.txt`))(
  "a real file in windows-1251 is read, one in Shift-JIS is left alone (skipped without ../shared/exports)",
  () => {
    const { text, encoding } = decode(readFileSync(`${SAMPLES}.txt`));
    expect(encoding).toBe("windows-1251");
    expect(text).toMatch(/^Какие-то [а-я]+\n$/);
    expect(decode(readFileSync(`${SAMPLES}.csv`)).encoding).toBe("UTF-8");
  },
);
