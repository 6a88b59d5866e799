/** Where things lie in the kernel's memory, and the bits of cells and flags. core/token.ts, text/letters.ts and text/tokenize.ts have them too: where they differed, no test of the tokenizer would pass. */

/** int32 cell of each ASCII character, and of U+0400..U+04FF. */
export const ASCII_CELLS: usize = 1024;
export const CYRILLIC_CELLS: usize = 2048;
/** By length 0..16: that many bytes of ones, then zeros. */
export const LENGTH_MASKS: usize = 4096;
/** Look-alike in Cyrillic by letter, then in Latin: 256 bytes each, 0 where there is none. */
export const LOOK_CYRILLIC: usize = 5120;
export const LOOK_LATIN: usize = 5376;
/** 1 for letters that are the same on paper in both. */
export const SAME_LOOK: usize = 5632;
/** Codes of Cyrillic letters, see tokenize.ts; 16 bytes each: flags of р-я; U+0450..045F; U+0490..04BF and U+04D0..04FF in pairs. */
export const CYRILLIC_CODES: usize = 6144;
/** Constants of sixteen bytes, in the order of tokenize.ts: read from memory they cost one instruction, written out three. */
export const CONSTANTS: usize = 6400;
/** int32 cells of all other code points below 0x20000, 0 for those not asked for yet. */
export const OTHER_CELLS: usize = 65536;
export const OTHER_COUNT: u32 = 0x20000;
/** The bytes of messages; WINDOW bytes after them may be read. */
export const ARENA: usize = OTHER_CELLS + 4 * OTHER_COUNT;
export const ARENA_BYTES: usize = 1 << 20;
export const WINDOW: usize = 64;

/** Token arrays, with room for as many tokens as the arena has bytes. */
const TOKENS: usize = ARENA_BYTES + 16;
export const START: usize = ARENA + ARENA_BYTES + WINDOW;
export const END: usize = START + 4 * TOKENS;
export const KEY: usize = END + 4 * TOKENS;
export const PREFIX: usize = KEY + 4 * TOKENS;
export const LETTER: usize = PREFIX + 4 * TOKENS;
export const CLASSES: usize = LETTER + 4 * TOKENS;
export const FLAGS: usize = CLASSES + 4 * TOKENS;
/** At most three letters for two bytes, and a whole block may be written after them. */
export const LETTERS: usize = FLAGS + 4 * TOKENS;
/** uint8 a token: what the sieve found. */
export const WANTED: usize = LETTERS + 2 * TOKENS + WINDOW;
/** The sieve's filters, and the words it has been told to let go, sixteen letters each. */
export const WORD_BITS: usize = WANTED + TOKENS;
export const PREFIX_BITS: usize = WORD_BITS + (1 << 15);
export const OPEN_BITS: usize = PREFIX_BITS + (1 << 15);
export const PAIR_BITS: usize = OPEN_BITS + (1 << 15);
export const DISMISSED: usize = PAIR_BITS + (1 << 17);
export const DISMISSED_SLOTS: i32 = 1 << 13;

export const IGNORED_CELL: i32 = 1 << 30;
export const EMOJI_CELL: i32 = 1 << 29;
export const KNOWN_SEPARATOR: i32 = 1 << 28;
export const BREVE_CELL: i32 = IGNORED_CELL | 1;

export const CYRILLIC: i32 = 1;
export const LATIN: i32 = 2;
export const DIGIT: i32 = 16;
export const OTHER_SCRIPT: i32 = 32;
export const MIXED_SCRIPT: i32 = 256;
export const REPEATED: i32 = 512;
export const INVISIBLE: i32 = 1024;
export const HASHTAG: i32 = 2048;
export const MENTION: i32 = 4096;
export const LINK: i32 = 8192;
export const EMOJI: i32 = 16384;
export const FIGURED: i32 = 32768;

export const FIRST_LATIN: i32 = 11;
export const FIRST_CYRILLIC: i32 = 37;
export const LATIN_H: i32 = FIRST_LATIN + 7;
export const LATIN_I: i32 = FIRST_LATIN + 8;
export const LETTER_I: i32 = FIRST_CYRILLIC + 8;
export const LETTER_SHORT_I: i32 = FIRST_CYRILLIC + 9;

export const MENTION_KEY: i32 = 0x40404040;
export const LINK_KEY: i32 = 0x2f2f2f2f;
