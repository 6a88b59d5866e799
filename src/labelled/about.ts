/** For the help of commands that read labelled files; the rules are those of defaults.ts, label-map.ts and grouping.ts. */
export const ABOUT_ROWS = `
Files are told apart by content, .gz too: JSON Lines or a JSON array of objects; CSV and TSV with a header; fastText
(__label__hate some text); exports of doccano (JSONL, CSV) and Label Studio (JSON, JSON-MIN, CSV). Columns and keys go by
their common names: text, comment, tweet, message ...; label, labels, class ...; lang; split; id; annotator. Rows whose split is
not "train" are left out, rows without one are taken. A set is a file; its rows of both classes count the same in all.

What labels mean, in any case and with common spellings:
  hate, hateful, hate speech          hate
  incitement, threat, violence, call  incitement
  abuse, toxic, insult, obscene,      abuse: insult or profanity aimed at no group; no label, but the model
  offensive, profanity                  must know it apart from hate
  slur                                slur
  none, neutral, normal, ham, clean   not what the file's other labels name: in a file of hate and none, none is "no hate"
  not hate, non-toxic                 not that; where it is all that is said, as none
  harmless, benign                    none of all
Where a row has one label, "offensive" was chosen over "hate": it is no hate. Where rows have several, what is not named
does not hold. Columns of 0 and 1 (hate, toxic, is_hate) speak for themselves alone. An empty list says nothing.
A "label" of 1 and 0 alone says flagged or not; with other numbers it is a code and says nothing.
Rows may say more: "task" (hate, threat, abuse; toxicity, whose 0 is harmless; benign) tells what 1 means, and
"gold": {"hate": 1, "incitement": 0} is taken as it is.

--map FILE is JSON that says it by set (a file's name without endings, or "*") and label ("*" at its end: all that begin so):
  {"my-set": {"hate speech": {"hate": 1}, "rude": {"hate": 0, "abuse": 1}, "neither": "harmless", "spam*": "ignore"}}
The first line that fits decides; further objects fill in what it leaves open. "column:value" is a label too. A set that the
map names follows the map alone.

Several annotators: "annotations" or "votes" in a row, or an annotator column and a row a judgment (wherever they lie; what is
held is bounded by half a gigabyte). The majority counts, a tie says nothing; a label of the row's own comes before it.`;
