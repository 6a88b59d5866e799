/**
 * Tokens of a batch of messages, as parallel arrays.
 *
 *   fence   [0, 3, 3, 7]           message m has the tokens fence[m] .. fence[m + 1]
 *   start   byte offset into the arena, of the token's first byte      end   one past its last byte
 *   key     32-bit hash of the folded letters                          prefix   the same hash after four letters
 *   letter  where its folded letters begin in `letters`; they end where the next token's begin
 *   flags   TOKEN_FLAGS                                                classes  bits written by the lexicon
 *
 * Offsets always point at the original bytes. `letters` holds one byte a folded letter (text/letters), so the lexicon can
 * confirm a hit and the model can read character n-grams without decoding the text again. It costs one store a letter.
 */
export interface TokenBatch {
  count: number;
  letterCount: number;
  start: Int32Array;
  end: Int32Array;
  key: Int32Array;
  prefix: Int32Array;
  letter: Int32Array;
  flags: Uint16Array;
  classes: Int32Array;
  letters: Uint8Array;
  fence: Int32Array;
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
} as const;

/**
 * Room for the tokens of an arena of `byteLength` bytes and `messageCount` messages. Every token takes at least one byte
 * and gives at most 3 letters for 2 bytes, so nothing that fits the arena can overflow.
 */
export function createTokenBatch(byteLength: number, messageCount: number): TokenBatch {
  const tokens = byteLength + 1;
  return {
    count: 0,
    letterCount: 0,
    start: new Int32Array(tokens),
    end: new Int32Array(tokens),
    key: new Int32Array(tokens),
    prefix: new Int32Array(tokens),
    letter: new Int32Array(tokens + 1),
    flags: new Uint16Array(tokens),
    classes: new Int32Array(tokens),
    letters: new Uint8Array(tokens * 2),
    fence: new Int32Array(messageCount + 1),
  };
}
