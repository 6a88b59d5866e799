/** The letters that disguises write with: look-alikes, figures, alphabets. Facts only; bench/disguises.js applies them. */

/** Pairs "Cyrillic, Latin" that a person takes for one another. */
const LOOK_ALIKE_PAIRS = "аa еe оo рp сc уy хx іi һh әə кk мm тt јj ѕs ԁd ԛq ԝw АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ҮY ӘƏ ЈJ ЅS".split(
  " ",
);
/** Cyrillic by Latin letters that are read as them only by those who know the game. */
const LOOSE_PAIRS = "иu пn гr вb нh дg лJl ыbl юIO".split(" ");
/** Pairs "own letter, Greek". */
const GREEK_PAIRS =
  "аα оο рρ кκ хχ тτ іι уγ пπ фφ лλ еε АΑ ВΒ ЕΕ КΚ МΜ НΗ ОΟ РΡ ТΤ ХΧ ІΙ ПΠ ФΦ ГΓ aα oο pρ kκ xχ tτ iι vν uυ nη yγ eε wω bβ AΑ BΒ EΕ ZΖ HΗ IΙ KΚ MΜ NΝ OΟ PΡ TΤ YΥ XΧ".split(
    " ",
  );

const entries = (pairs) => pairs.map((pair) => [[...pair][0], [...pair].slice(1).join("")]);

/** Both ways: a Cyrillic letter gives the Latin one and the reverse. */
export const LOOK_ALIKES = new Map([
  ...entries(LOOK_ALIKE_PAIRS),
  ...entries(LOOK_ALIKE_PAIRS)
    .filter(([cyrillic]) => cyrillic !== "Ү")
    .map(([cyrillic, latin]) => [latin, cyrillic]),
]);
export const LOOSE_LOOK_ALIKES = new Map([...LOOK_ALIKES, ...entries(LOOSE_PAIRS)]);
export const GREEK_LOOK_ALIKES = new Map(entries(GREEK_PAIRS));

/** Signs for a small letter. */
export const LEET = new Map(
  Object.entries({
    ...{ о: "0", з: "3", е: "3", ч: "4", б: "6", и: "1", і: "1", л: "1", а: "@", с: "$", в: "8", я: "9" },
    ...{ o: "0", i: "1", l: "1", e: "3", a: "4@", s: "5$", t: "7", b: "8" },
  }),
);

export const RUSSIAN_KEYBOARD = tableOf("ә а қ к ғ г ң н ө о ұ у ү у һ х і и");

const LATIN_SHARED = "а a б b в v г g д d е e з z к k л l м m н n о o п p р r с s т t у u ф f ш sh ч ch э e";
const KAZAKH_CHAT = `${LATIN_SHARED} ә a ғ g ң n ө o ұ u ү u и i і i ь - ъ -`;

/** Ways to write in Latin letters in a chat, by language; "-" drops a letter. */
export const CHAT_LATIN = {
  kk: [
    tableOf(`${KAZAKH_CHAT} қ q ж j ы y й i х h һ h ц ts щ sh ё yo ю yu я ya`),
    tableOf(`${KAZAKH_CHAT} қ k ж zh ы y й y х kh һ h ц c щ shch ё e ю yu я ya`),
    tableOf(`${KAZAKH_CHAT} қ k ғ gh ң ng ә e у w ж j ы i й i х x һ h ц c щ sh ё e ю iu я ia`),
  ],
  ru: [
    tableOf(`${KAZAKH_CHAT} қ q ж zh ы y й y х kh һ h ц ts щ shch ё yo ю yu я ya ь ' ъ '`),
    tableOf(`${KAZAKH_CHAT} қ k ж j ы i й i х h һ h ц c щ sch ё e ю iu я ia`),
    tableOf(`${KAZAKH_CHAT} қ k ж zh ы y й j х x һ h ц c щ sch ё jo ю ju я ja ь '`),
  ],
};

const KAZAKH_LATIN = `${LATIN_SHARED} ж j ы y қ q х h һ h ц ts ь - ъ -`;
/** The official drafts. In the first, ' is the apostrophe of the year 2017. */
export const LATIN_2017 = tableOf(`${KAZAKH_LATIN} ә a' ғ g' и i' й i' і i ң n' ө o' ұ u ү u' у y' ш s' ч c' щ s's' ё i'o ю i'y' я i'a`);
export const LATIN_2018 = tableOf(`${KAZAKH_LATIN} ә á ғ ǵ и ı й ı і i ң ń ө ó ұ u ү ú у ý щ sh ё ıo ю ıý я ıa`);
export const LATIN_2021 = tableOf(`${KAZAKH_LATIN} ә ä ғ ğ и i й i і ı ң ñ ө ö ұ ū ү ü у u ш ş щ ş ё io ю iu я ia`);

/** Without the hamza, which stands at a word's beginning. */
export const TOTE_JAZU = tableOf(
  "а ا ә ا б ب в ۆ г گ ғ ع д د е ە э ە ж ج з ز и ي й ي к ك қ ق л ل м م н ن ң ڭ о و ө و п پ р ر с س т ت у ۋ ұ ۇ ү ۇ ф ف х ح һ ھ ц تس ч چ ш ش щ شش ы ى і ى ю يۋ я يا ё يو ь - ъ - , ، ? ؟ ; ؛",
);
export const FRONT_VOWEL = /[әөүі]/u;
/** In a word with one of these the hamza is not written. */
export const FRONT_LETTER = /[екгэ]/u;

/** "letter text letter text ..."; "-" stands for nothing. A later entry replaces an earlier one. */
function tableOf(line) {
  const parts = line.split(" ");
  const table = new Map();
  for (let at = 0; at < parts.length; at += 2) table.set(parts[at], parts[at + 1] === "-" ? "" : parts[at + 1]);
  return table;
}

/** First code points of A-Z and a-z; where `small` is missing the style has capitals only. */
export const FULL_WIDTH = [{ capital: 0xff21, small: 0xff41 }];
export const MATHEMATICAL = [
  0x1d400, 0x1d434, 0x1d468, 0x1d49c, 0x1d4d0, 0x1d504, 0x1d538, 0x1d56c, 0x1d5a0, 0x1d5d4, 0x1d608, 0x1d670,
].map((capital) => ({ capital, small: capital + 26 }));
export const CIRCLED = [{ capital: 0x24b6, small: 0x24d0 }, { capital: 0x1f150 }];
export const SQUARED = [{ capital: 0x1f130 }, { capital: 0x1f170 }];
export const REGIONAL_INDICATORS = [{ capital: 0x1f1e6 }];

/** Letters of the mathematical styles that Unicode had given a place before: their places there are empty. */
export const ELSEWHERE = new Map(
  Object.entries({
    ...{ "1d455": "ℎ", "1d49d": "ℬ", "1d4a0": "ℰ", "1d4a1": "ℱ", "1d4a3": "ℋ", "1d4a4": "ℐ", "1d4a7": "ℒ", "1d4a8": "ℳ", "1d4ad": "ℛ" },
    ...{ "1d4ba": "ℯ", "1d4bc": "ℊ", "1d4c4": "ℴ", "1d506": "ℭ", "1d50b": "ℌ", "1d50c": "ℑ", "1d515": "ℜ", "1d51d": "ℨ" },
    ...{ "1d53a": "ℂ", "1d53f": "ℍ", "1d545": "ℕ", "1d547": "ℙ", "1d548": "ℚ", "1d549": "ℝ", "1d551": "ℤ" },
  }).map(([hex, letter]) => [Number.parseInt(hex, 16), letter]),
);
