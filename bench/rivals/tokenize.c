/*
 * Our tokens by a plain loop: a character at a time, a table look-up a character, no SIMD, no windows. What a C programmer
 * writes first. bench/cases/tokenize-c.js writes tables.h from text/letters.ts, builds this with -O3 and checks that the
 * tokens are ours.
 *
 *     tokenize CORPUS [warm-up bytes]      prints {"messages":…,"tokens":…,"checksum":…,"seconds":…}
 *
 * Lines are found before the clock runs, as for our own tokenizer. Arrays are those of core/token.ts.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ascii_cells[128], cyrillic_cells[256], other_cells[OTHER_COUNT] (int32_t), look_cyrillic[256], look_latin[256], same_look[256] (uint8_t) */
#include "tables.h"

enum { IGNORED_CELL = 1 << 30, EMOJI_CELL = 1 << 29, BREVE_CELL = IGNORED_CELL | 1 };
enum { CYRILLIC = 1, LATIN = 2, MIXED_SCRIPT = 256, REPEATED = 512, INVISIBLE = 1024, HASHTAG = 2048, MENTION = 4096, LINK = 8192, EMOJI = 16384 };
enum { DIGIT = 16, OTHER_SCRIPT = 32, FIGURED = 32768 };
enum { FIRST_LATIN = 11, LATIN_H = FIRST_LATIN + 7, LATIN_I = FIRST_LATIN + 8, FIRST_CYRILLIC = 37, LETTER_I = FIRST_CYRILLIC + 8, LETTER_SHORT_I = FIRST_CYRILLIC + 9 };
enum { MENTION_KEY = 0x40404040, LINK_KEY = 0x2f2f2f2f };

/* Tokens of one message; the next one's overwrite them. */
static int32_t *token_start, *token_end, *token_letter, *token_classes;
static uint32_t *token_key, *token_prefix;
static int32_t *token_flags;
static uint8_t *letters;
static int count, letter_count;

static const uint8_t *text;

/* A decoded character: its cell, code point and length in bytes. */
typedef struct { int32_t cell; int point, width; } character;

static inline character character_at(int at, int stop) {
  int lead = text[at];
  if (lead < 0x80) return (character){ascii_cells[lead], lead, 1};
  int width = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  character none = {0, 0xfffd, 1};
  if (width == 1 || lead >= 0xf5 || at + width > stop) return none;
  int point = lead & (0xff >> (width + 1));
  for (int k = 1; k < width; k++) {
    int next = text[at + k];
    if ((next & 0xc0) != 0x80) return none;
    point = point << 6 | (next & 0x3f);
  }
  if (width == 2 && point >= 0x400 && point < 0x500) return (character){cyrillic_cells[point & 255], point, width};
  if (point < OTHER_COUNT) return (character){other_cells[point], point, width};
  return (character){point >= 0xe0000 && point <= 0xe01ef ? IGNORED_CELL : 0, point, width};
}

static inline int is_letter(int32_t cell) { return (cell & 0xff) != 0 && cell < EMOJI_CELL; }
static inline int is_latin(int letter) { return letter >= FIRST_LATIN && letter < FIRST_CYRILLIC; }
static inline int is_cyrillic(int letter) { return letter >= FIRST_CYRILLIC && letter < FIRST_CYRILLIC + 32; }

static void add_token(int from, int to, uint32_t key, uint32_t prefix, int length, int flags) {
  token_start[count] = from;
  token_end[count] = to;
  token_key[count] = key;
  token_prefix[count] = prefix;
  token_letter[count] = letter_count;
  token_classes[count] = 0;
  token_flags[count] = flags;
  letter_count += length;
  count++;
}

/* Turns look-alikes toward the script that has more letters in the word. Gives the new flags. */
static int is_mixed(int flags) {
  return ((flags & LATIN) != 0) + ((flags & CYRILLIC) != 0) + ((flags & OTHER_SCRIPT) != 0) > 1;
}

static int read_in_one_script(uint8_t *first, int length, int flags) {
  int latin = 0, cyrillic = 0, latin_own = 0, cyrillic_own = 0, turns = 0, habit = 0, doubt = 0, before = 0;
  for (int k = 0; k < length; k++) {
    int script = is_latin(first[k]) ? 1 : is_cyrillic(first[k]) ? 2 : 0, own = !same_look[first[k]];
    if (script == 1) latin++, latin_own += own;
    else if (script == 2) cyrillic++, cyrillic_own += own;
    if (first[k] == LATIN_I || first[k] == LATIN_H) habit++;
    if (first[k] == LATIN_H) doubt = FIGURED;
    if (script != before && k > 0) turns++;
    before = script;
  }
  if (latin > 1 && turns == 1 && before == 2) return flags;
  int to_latin = latin_own != cyrillic_own ? latin_own > cyrillic_own : latin > cyrillic;
  const uint8_t *looks = to_latin ? look_latin : look_cyrillic;
  for (int k = 0; k < length; k++) {
    if (first[k] < FIRST_LATIN || (to_latin ? is_latin(first[k]) : is_cyrillic(first[k]))) continue;
    if (looks[first[k]] == 0) return flags;
  }
  for (int k = 0; k < length; k++)
    if (!(first[k] < FIRST_LATIN || (to_latin ? is_latin(first[k]) : is_cyrillic(first[k])))) first[k] = looks[first[k]];
  int innocent = !to_latin && habit == latin && !(flags & OTHER_SCRIPT);
  return (flags & ~(LATIN | CYRILLIC | OTHER_SCRIPT)) | (to_latin ? LATIN : CYRILLIC) | (innocent ? doubt : MIXED_SCRIPT);
}

/* Reads three or more of a letter in a row as one, digits apart. Gives the new length. */
static int squeeze_repeats(uint8_t *first, int length) {
  int to = 0;
  for (int at = 0; at < length;) {
    uint8_t letter = first[at];
    int run = at + 1;
    while (run < length && first[run] == letter) run++;
    int keep = run - at > 2 && letter > 10 ? 1 : run - at;
    for (int k = 0; k < keep; k++) first[to++] = letter;
    at = run;
  }
  return to;
}

static inline uint64_t rotate_left(uint64_t value, int bits) { return value << bits | value >> (64 - bits); }

/* The key of text/hash.ts, wordKey: blocks of sixteen letters, zeros after the last. */
static uint32_t hash_letters(uint8_t *first, int length) {
  uint64_t state = 0;
  memset(first + length, 0, 16);
  for (int at = 0; at < length; at += 16) {
    uint64_t low, high;
    memcpy(&low, first + at, 8);
    memcpy(&high, first + at + 8, 8);
    state = rotate_left(state, 29) + low * 0x9e3779b97f4a7c15u + high * 0x2545f4914f6cdd1du;
  }
  return (uint32_t)((state ^ state >> 32) * 0x58476d1ce4e5b9b1u >> 32);
}

/* Ends the word whose letters were written after the last ones kept. */
static void finish_word(int from, int to, int length, int flags) {
  uint8_t *first = letters + letter_count;
  if (is_mixed(flags)) flags = read_in_one_script(first, length, flags) | REPEATED;
  if (is_mixed(flags) || ((flags & DIGIT) && (flags & (LATIN | CYRILLIC)))) flags |= FIGURED;
  if (flags & REPEATED) {
    int squeezed = squeeze_repeats(first, length);
    if (squeezed == length) flags &= ~REPEATED;
    length = squeezed;
  }
  uint32_t key = hash_letters(first, length), opening;
  memcpy(&opening, first, 4);
  add_token(from, to, key, opening * 0x2c1b3c6du, length, flags);
}

/* ' ` ‘ ’ ʻ ʼ: inside a word they are not read. */
static int is_apostrophe(int point) {
  return point == 0x27 || point == 0x60 || point == 0x2018 || point == 0x2019 || point == 0x2bb || point == 0x2bc;
}

static int starts_letter(uint8_t byte) { return byte >= 0x80 ? byte >= 0xc3 && byte <= 0xd3 : (ascii_cells[byte] & 0xff) != 0; }

/* Whether a link may go on with a byte: after a colon with /, after a full stop with part of a letter or digit. */
static int joins(int sign, uint8_t byte) {
  if (sign == ':') return byte == '/';
  return byte >= 0x80 || (ascii_cells[byte] & 0xff) != 0;
}

static int is_handle(uint8_t byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '_';
}

/* Whether the bytes from `at` on read as `expected`, in any case before `mark`. */
static int reads(int at, int mark, int stop, const char *expected) {
  for (int k = 0; expected[k] != 0; k++) {
    if (at + k >= stop) return 0;
    if ((text[at + k] | (at + k < mark ? 0x20 : 0)) != expected[k]) return 0;
  }
  return 1;
}

/* White space, control characters, < > " and the closing quotes » ” “ ›. */
static int ends_link(int at, int stop) {
  uint8_t byte = text[at];
  if (byte <= 0x20 || byte == '"' || byte == '<' || byte == '>') return 1;
  if (byte == 0xc2) return at + 1 < stop && text[at + 1] == 0xbb;
  if (byte != 0xe2 || at + 2 >= stop || text[at + 1] != 0x80) return 0;
  return text[at + 2] == 0x9c || text[at + 2] == 0x9d || text[at + 2] == 0xba;
}

/* Where the link ends that the word at `from`, interrupted at `at`, begins; 0 if it begins none. */
static int link_end(int from, int at, int stop) {
  int after = 0;
  if (reads(from, at, stop, "http://")) after = from + 7;
  else if (reads(from, at, stop, "https://")) after = from + 8;
  else if (reads(from, at, stop, "www.")) after = from + 4;
  else if (reads(from, at, stop, "t.me/")) after = from + 5;
  if (after == 0) return 0;
  while (after < stop && !ends_link(after, stop)) after++;
  return after;
}

/* Reads the word at `from`, which begins with `next`; gives the place after it. */
static int read_word(int from, int stop, character next, int flags) {
  uint8_t *first = letters + letter_count;
  int length = 0, last = 0, before = 0, at = from;
  for (;;) {
    int letter = next.cell & 0xff;
    if (letter == last && letter == before) flags |= REPEATED;
    before = last;
    last = letter;
    first[length++] = (uint8_t)letter;
    flags |= next.cell >> 8;
    at += next.width;
    for (;;) {
      if (at >= stop) {
        finish_word(from, stop, length, flags);
        return stop;
      }
      next = character_at(at, stop);
      if (is_letter(next.cell)) break;
      if (next.cell & IGNORED_CELL) {
        if (next.cell != BREVE_CELL) flags |= INVISIBLE;
        else if (last == LETTER_I) {
          first[length - 1] = LETTER_SHORT_I;
          last = LETTER_SHORT_I;
          flags |= REPEATED;
        }
        at += next.width;
        continue;
      }
      if (is_apostrophe(next.point) && at + next.width < stop && starts_letter(text[at + next.width])) {
        at += next.width;
        continue;
      }
      int link = (next.point == ':' || next.point == '.') && at + 1 < stop && joins(next.point, text[at + 1]) ? link_end(from, at, stop) : 0;
      if (link != 0) {
        add_token(from, link, LINK_KEY, LINK_KEY, 0, LINK);
        return link;
      }
      finish_word(from, at, length, flags);
      return at;
    }
  }
}

/* Reads one token or separator and gives the place after it. */
static int read_one(int at, int stop) {
  character next = character_at(at, stop);
  int tag = 0;
  if (next.point == '#' && at + 1 < stop) {
    next = character_at(++at, stop);
    if (!is_letter(next.cell)) return at;
    tag = HASHTAG;
  }
  if (is_letter(next.cell)) return read_word(at, stop, next, tag);
  if (next.cell >= EMOJI_CELL && !(next.cell & IGNORED_CELL)) {
    uint8_t *first = letters + letter_count;
    for (int k = 0; k < 3; k++) first[k] = (uint8_t)(192 | (next.point >> 6 * k & 63));
    finish_word(at, at + next.width, 3, next.point >= 0x1f1e6 && next.point <= 0x1f1ff ? EMOJI | FIGURED : EMOJI);
    return at + next.width;
  }
  if (next.point == '@' && at + 1 < stop && is_handle(text[at + 1])) {
    int last = at + 1;
    while (last < stop && is_handle(text[last])) last++;
    add_token(at, last, MENTION_KEY, MENTION_KEY, 0, MENTION);
    return last;
  }
  return at + next.width;
}

static void tokenize(int at, int stop) {
  count = 0;
  letter_count = 0;
  while (at < stop) at = read_one(at, stop);
  token_letter[count] = letter_count;
}

static void *allocate(size_t bytes) {
  void *memory = calloc(bytes, 1);
  if (memory == NULL) exit(1);
  return memory;
}

static uint32_t add_to_checksum(uint32_t checksum) {
  for (int k = 0; k < count; k++) {
    uint32_t values[] = {(uint32_t)token_start[k], (uint32_t)token_end[k], token_key[k], token_prefix[k], (uint32_t)token_letter[k + 1], token_flags[k]};
    for (int field = 0; field < 6; field++) checksum = (checksum ^ values[field]) * 0x01000193u;
  }
  return checksum;
}

int main(int argc, char **argv) {
  FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
  if (file == NULL) return 1;
  fseek(file, 0, SEEK_END);
  int size = (int)ftell(file);
  rewind(file);
  uint8_t *bytes = allocate(size + 1);
  if (fread(bytes, 1, size, file) != (size_t)size) return 1;
  text = bytes;

  int messages = 0, longest = 0;
  int *starts = allocate(sizeof(int) * ((size_t)size + 1)), *stops = allocate(sizeof(int) * ((size_t)size + 1));
  for (int start = 0; start < size;) {
    const uint8_t *newline = memchr(bytes + start, '\n', size - start);
    int stop = newline == NULL ? size : (int)(newline - bytes);
    if (stop - start > longest) longest = stop - start;
    starts[messages] = start;
    stops[messages++] = stop;
    start = stop + 1;
  }
  size_t most = (size_t)longest + 16;
  token_start = allocate(4 * most);
  token_end = allocate(4 * most);
  token_key = allocate(4 * most);
  token_prefix = allocate(4 * most);
  token_letter = allocate(4 * most);
  token_classes = allocate(4 * most);
  token_flags = allocate(4 * most);
  letters = allocate(2 * most + 16);

  int warm_up = argc > 2 ? atoi(argv[2]) : 0;
  for (int message = 0; message < messages && starts[message] < warm_up; message++) tokenize(starts[message], stops[message]);

  struct timespec began, ended;
  long tokens = 0;
  clock_gettime(CLOCK_MONOTONIC, &began);
  for (int message = 0; message < messages; message++) {
    tokenize(starts[message], stops[message]);
    tokens += count;
  }
  clock_gettime(CLOCK_MONOTONIC, &ended);
  double seconds = (ended.tv_sec - began.tv_sec) + (ended.tv_nsec - began.tv_nsec) / 1e9;

  uint32_t checksum = 0;
  for (int message = 0; message < messages; message++) {
    tokenize(starts[message], stops[message]);
    checksum = add_to_checksum(checksum);
  }
  printf("{\"messages\":%d,\"tokens\":%ld,\"checksum\":%u,\"seconds\":%.9f}\n", messages, tokens, checksum, seconds);
  return 0;
}
