import { describe, expect, it } from "vitest";
import { LANGUAGES, type Language } from "../../src/core/label.ts";
import { tagLanguage } from "../../src/text/language.ts";
import { batchOf } from "./tokens.ts";

function languageOf(text: string): Language {
  const { tokens } = batchOf(text);
  return LANGUAGES[tagLanguage(tokens, 0, tokens.count)]!;
}

const SENTENCES: Readonly<Record<Language, readonly string[]>> = {
  kk: [
    "Бүгін ауа райы жақсы, далаға шығайық",
    "Ертең таңертең сабаққа бармаймын",
    "Балалар мектептен келді ме?",
    "Менин атам ауылда турады, уйи улкен", // typed without Kazakh letters
    "ертен кешке бизге келиндер, той болады",
    "Бул жерде су жок екен гой",
    "ҚАЗАҚША СӨЙЛЕ",
    "рахмет саған",
    "əжем қатты қуанды",
    "кайда журсин, уйге кел тез", // the same, a short one
    "Сабак болмайды деп айтты мугалим",
    "магазинге барып нан алып кел", // borrowed words with Kazakh endings
    "erten kezdesemiz be?", // typed in Latin letters
    "qazir shygamyn, kute tur",
    "osy jerde otyrmyn",
  ],
  ru: [
    "Сегодня хорошая погода, пойдём гулять",
    "Я не знаю, когда он приедет",
    "Дети уже вернулись из школы?",
    "надо было купить хлеба и молока",
    "Спасибо большое!",
    "ВСЕМ ДОБРОЕ УТРО",
    "Щенок убежал в лес",
    "давайте встретимся возле остановки",
    "Передай соль, пожалуйста, и позови брата",
    "ya ne znayu chto delat", // typed in Latin letters
    "segodnya ne poluchitsya, davai zavtra",
  ],
  en: [
    "The weather is nice today",
    "I do not know when he will arrive",
    "Have the children come back from school?",
    "see you tomorrow at the bus stop",
    "WHAT ARE YOU DOING",
    "Don't worry about it",
    "men at work",
    "pizza party tonight, bring snacks",
  ],
  mixed: [
    "Мен бүгін жұмысқа бармаймын, потому что надо ещё учиться",
    "Это очень хорошо, бірақ мен келісе алмаймын ғой, извините пожалуйста",
    "The meeting is at the office, но я ещё не знаю когда",
    "Кеше дукенге бардык, но там уже всё закрыто было", // without Kazakh letters
    "Бәріңізге көп рахмет, thank you for your help",
  ],
  other: [
    "汉字汉字",
    "مرحبا بالعالم",
    "12345",
    "👍👍👍",
    "",
    "...!?",
    "https://site.kz/p @user_1",
    "안녕하세요 여러분",
    "Bugün hava çok güzel, dışarı çıkalım",
    "obrigado por tudo meu amigo",
  ],
};

describe("tagLanguage", () => {
  for (const language of LANGUAGES) {
    it.each(SENTENCES[language])(`tags as ${language}: %j`, (text) => {
      expect(languageOf(text)).toBe(language);
    });
  }

  it.each<[string, Language]>([
    ["Сәлем", "kk"],
    ["иә", "kk"],
    ["рахмет", "kk"],
    ["жок", "kk"],
    ["керек емес", "kk"],
    ["жарайды", "kk"],
    ["не болды?", "kk"],
    ["уйге барам", "kk"],
    ["келем казир", "kk"],
    ["да жок", "kk"],
    ["бармаймын", "kk"],
    ["ия", "kk"],
    ["rahmet", "kk"],
    ["joq", "kk"],
    ["kerek emes", "kk"],
    ["что", "ru"],
    ["не знаю", "ru"],
    ["я дома", "ru"],
    ["ща приду", "ru"],
    ["пока", "ru"],
    ["он там", "ru"],
    ["ничего", "ru"],
    ["spasibo", "ru"],
    ["kak dela", "ru"],
    ["нет", "ru"],
    ["ещё", "ru"],
    ["спасибо", "ru"],
    ["ok", "en"],
    ["yes", "en"],
    ["why not", "en"],
    ["good morning", "en"],
    ["he is cute", "en"],
    ["the bar is open", "en"],
  ])("tags a message of a word or two: %s is %s", (text, language) => {
    expect(languageOf(text)).toBe(language);
  });

  it("does not let links, mentions and emoji vote", () => {
    expect(languageOf("рахмет саған @the_user https://the.site/of/the/day www.the.com 👍👍👍")).toBe("kk");
  });

  it("does not let one borrowed word make a message mixed", () => {
    expect(languageOf("Біз ертең office-ке барамыз, сосын үйге қайтамыз")).toBe("kk");
    expect(languageOf("Он сегодня не придёт, у него встреча в Қарағанды")).toBe("ru");
  });

  it("hears words from all over a long message", () => {
    const long = (kazakh: string, russian: string): string => Array.from({ length: 40 }, () => `${kazakh} ${russian}`).join(" ");
    expect(languageOf(long("бүгін сабақ болмайды", ""))).toBe("kk");
    expect(languageOf(long("", "сегодня занятий не будет"))).toBe("ru");
    const half = "бүгін сабақ болмайды екен ".repeat(40);
    expect(languageOf(`${half} ${"сегодня занятий точно не будет ".repeat(40)}`)).toBe("mixed");
    expect(languageOf("no lessons will be held here today ".repeat(5000))).toBe("en");
  });

  it("gives words of one and two letters no ending of the word before", () => {
    expect(languageOf("x")).toBe("en");
    expect(languageOf("о")).toBe("ru");
  });

  it("looks only at the tokens it is given", () => {
    const { tokens } = batchOf("сәлем достар hello my friends");
    expect(LANGUAGES[tagLanguage(tokens, 0, 2)]).toBe("kk");
    expect(LANGUAGES[tagLanguage(tokens, 2, 5)]).toBe("en");
    expect(LANGUAGES[tagLanguage(tokens, 2, 2)]).toBe("other");
  });
});
