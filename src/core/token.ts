/**
 * Tokens of a message, as parallel arrays, made and owned by a tokenizer (text/tokenize).
 *
 *   start   byte offset into the arena, of the token's first byte      end   one past its last byte
 *   key     32-bit hash of the folded letters                          prefix   hash of the first four of them
 *   letter  where its folded letters begin in `letters`; they end where the next token's begin
 *   flags   TOKEN_FLAGS                                                classes  bits written by the lexicon
 *
 * Offsets always point at the original bytes. `letters` holds one byte a folded letter (text/letters), so the lexicon can
 * confirm a hit and the model can read character n-grams without decoding the text again. It costs one store a letter.
 */
export interface TokenBatch {
  count: number;
  start: Int32Array;
  end: Int32Array;
  key: Int32Array;
  prefix: Int32Array;
  letter: Int32Array;
  flags: Int32Array;
  classes: Int32Array;
  letters: Uint8Array;
  /** Whether a sieve found a token's word (bit 0) and the phrases it begins (bit 1) worth a look. */
  wanted: Uint8Array;
}

/** What the tokenizer saw in a token. A plain object of bits, so that the names appear where they are used. */
export const FLAG = {
  cyrillic: 1,
  latin: 2,
  /** A letter that Kazakh has and Russian has not. */
  kazakh: 4,
  /** A letter that hardly occurs in native Kazakh words (ё ц щ ъ э). */
  russian: 8,
  digit: 16,
  otherScript: 32,
  lower: 64,
  upper: 128,
  /** Letters of two scripts; look-alikes were read in the token's own script. */
  mixedScript: 256,
  /** A letter three times or more in a row, read as once. */
  repeated: 512,
  /** Invisible characters inside the word, skipped. */
  invisible: 1024,
  hashtag: 2048,
  mention: 4096,
  link: 8192,
  emoji: 16384,
  /** Digits among letters, or a letter in a square that may stand alone as emoji: a word only if it reads as one. */
  figured: 32768,
  /** Full-width, mathematical, circled or squared letters, small capitals. */
  styled: 65536,
  // What only reading a message again can tell (lexicon/reread.ts).
  /** Digits or signs read as letters. */
  leet: 1048576,
  /** Letters apart by spaces or signs, read as one word. */
  apart: 2097152,
  /** A sign read as any letter. */
  wildcard: 4194304,
  /** Parts on two lines, read as one word. */
  split: 8388608,
  /** Latin letters read as Kazakh or Russian. */
  transliterated: 16777216,
  /** Kazakh in Arabic letters. */
  arabic: 33554432,
  /** Read as the word that is one slip away. */
  misspelt: 67108864,
} as const;
