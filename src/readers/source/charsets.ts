/** The code pages of one byte a character that chats still come in, and the way from them to UTF-8. */

/** In this order where nothing else tells two apart. */
export const CHARSETS = ["windows-1251", "KZ-1048", "KOI8-R", "KOI8-U", "IBM866", "windows-1252"] as const;
export type Charset = (typeof CHARSETS)[number];

/** What pages and XML call them, in lower case without signs between letters and digits. */
const NAMES: Readonly<Record<string, Charset>> = {
  windows1251: "windows-1251",
  cp1251: "windows-1251",
  xcp1251: "windows-1251",
  win1251: "windows-1251",
  kz1048: "KZ-1048",
  rk1048: "KZ-1048",
  strk10482002: "KZ-1048",
  koi8r: "KOI8-R",
  koi8: "KOI8-R",
  koi8u: "KOI8-U",
  ibm866: "IBM866",
  cp866: "IBM866",
  866: "IBM866",
  windows1252: "windows-1252",
  cp1252: "windows-1252",
  iso88591: "windows-1252",
  latin1: "windows-1252",
};

/** @returns null for a name that is none of these, UTF-8 among them. */
export function charsetNamed(name: string): Charset | null {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return Object.hasOwn(NAMES, plain) ? NAMES[plain]! : null;
}

/** Where KZ-1048 (STRK 1048-2002) differs from windows-1251. */
const KAZAKH_LETTERS: ReadonlyArray<readonly [byte: number, letter: string]> = [
  [0x8d, "Қ"],
  [0x8e, "Һ"],
  [0x9d, "қ"],
  [0x9e, "һ"],
  [0xa1, "Ұ"],
  [0xa2, "ұ"],
  [0xa3, "Ә"],
  [0xa5, "Ө"],
  [0xaa, "Ғ"],
  [0xaf, "Ү"],
  [0xb4, "ө"],
  [0xba, "ғ"],
  [0xbc, "ә"],
  [0xbd, "Ң"],
  [0xbe, "ң"],
  [0xbf, "ү"],
];

const characters = new Map<Charset, readonly string[]>();

/** The 256 characters of a code page; a control character where it has none. */
export function charactersOf(charset: Charset): readonly string[] {
  const known = characters.get(charset);
  if (known !== undefined) return known;
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const table = [...new TextDecoder(charset === "KZ-1048" ? "windows-1251" : charset).decode(all)];
  if (charset === "KZ-1048") for (const [byte, letter] of KAZAKH_LETTERS) table[byte] = letter;
  characters.set(charset, table);
  return table;
}

/** Bytes decoded at a time: no more than 768 KiB come of them. */
const PIECE_BYTES = 256 << 10;

/** Turns one code page into UTF-8. It remembers nothing between calls, so that it does not matter where a text is cut. */
export class SingleByteDecoder {
  /** By byte: the UTF-8 bytes of its character, the first one lowest, and how many they are in the highest byte. */
  readonly #packed: Int32Array;
  readonly #scratch: Uint8Array<ArrayBuffer> = new Uint8Array(3 * PIECE_BYTES + 4);
  readonly #view: DataView = new DataView(this.#scratch.buffer);

  constructor(charset: Charset) {
    const encoder = new TextEncoder();
    this.#packed = Int32Array.from(charactersOf(charset), (character) => {
      const [first = 0, second = 0, third = 0] = encoder.encode(character);
      return first | (second << 8) | (third << 16) | ((third > 0 ? 3 : second > 0 ? 2 : 1) << 24);
    });
  }

  /** @param sink takes pieces for good */
  decode(bytes: Uint8Array, sink: (piece: Uint8Array) => void): void {
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
      const length = this.#decodePiece(bytes, start, Math.min(start + PIECE_BYTES, bytes.length));
      sink(this.#scratch.slice(0, length));
    }
  }

  /** Without a branch: each character is written as four bytes, and the next one over what is too many of them. */
  #decodePiece(bytes: Uint8Array, start: number, end: number): number {
    const [packed, out] = [this.#packed, this.#view];
    let length = 0;
    for (let at = start; at < end; at++) {
      const character = packed[bytes[at]!]!;
      out.setInt32(length, character, true);
      length += character >> 24;
    }
    return length;
  }
}
