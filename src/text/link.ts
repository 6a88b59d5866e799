/** Where links begin and end in bytes; asked by the tokenizer at a colon or full stop inside a word. */

/** White space, control characters, < > " and the closing quotes » ” “ ›. */
function endsLink(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]!;
  if (byte <= 0x20 || byte === 0x22 || byte === 0x3c || byte === 0x3e) return true;
  if (byte === 0xc2) return bytes[at + 1] === 0xbb;
  if (byte !== 0xe2 || bytes[at + 1] !== 0x80) return false;
  const last = bytes[at + 2];
  return last === 0x9c || last === 0x9d || last === 0xba;
}

const SCHEMES: readonly Uint8Array[] = ["http://", "https://", "www.", "t.me/"].map((text) => new TextEncoder().encode(text));

/** Where the link ends that the word at `open`, interrupted at `at`, begins; 0 if it begins none. */
export function linkEnd(bytes: Uint8Array, open: number, at: number, end: number): number {
  for (const scheme of SCHEMES) {
    let k = 0;
    while (k < scheme.length && open + k < end && (bytes[open + k]! | (k < at - open ? 0x20 : 0)) === scheme[k]) k++;
    if (k < scheme.length) continue;
    let stop = open + k;
    while (stop < end && !endsLink(bytes, stop)) stop++;
    return stop;
  }
  return 0;
}
