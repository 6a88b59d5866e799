/**
 * Words that mark a language by themselves: Russian and English from the package stopword (by deep path, its index loads
 * 62 languages), Kazakh our own, since the package has none. Words that two languages share after folding mark neither.
 */
import { eng } from "stopword/src/stopwords_eng.js";
import { rus } from "stopword/src/stopwords_rus.js";

export { eng as ENGLISH_FUNCTION_WORDS };

/** Chat Russian that the package's list leaves out. */
const RUSSIAN_CHAT =
  "это этот эта эти что чтобы если или нет есть уже ещё очень надо нужно тоже только просто когда где как так его её их мне меня тебя вас нас вам нам ваш наш мой твой свой все всё ничего сегодня завтра спасибо пожалуйста почему потому можно нельзя будет было были быть давай давайте ребята пусть".split(
    " ",
  );
export const RUSSIAN_FUNCTION_WORDS: readonly string[] = [...new Set([...rus, ...RUSSIAN_CHAT])];

/** Pronouns, postpositions, particles, question words, auxiliaries and greetings of everyday Kazakh. */
export const KAZAKH_FUNCTION_WORDS: readonly string[] =
  `мен сен ол біз сіз олар сендер сіздер бұл мына мынау осы сол ана анау менің сенің оның біздің сіздің олардың маған саған оған бізге сізге оларға
  мені сені оны бізді сізді оларды менен сенен одан бізден олардан өз өзі өзім өзің өзіміз бір екі үш төрт бес бәрі барлық барлығы бүкіл кейбір әр
  және мен пен бен немесе әлде бірақ алайда себебі өйткені сондықтан егер үшін туралы жайлы дейін кейін бұрын соң бойынша арқылы сияқты секілді тәрізді қарай қарағанда
  ғой қой ғана емес жоқ бар еді екен болды болады болса болып болған болмайды болар керек қажет тиіс мүмкін шығар деп деген дейді деді дейтін
  не кім қандай қайда қашан қалай неге неше қанша қай нені кімге ал енді тек өте тым аса ең әлі әлде қазір бүгін ертең кеше бұрынғы әрине жақсы жаман
  сәлем рахмет рақмет иә жоқпа ма ме ба бе па пе ше шы шігі та те жатыр отыр тұр жүр алады келеді береді кетті келді алды берді қалды етеді етті қылды
  адам адамдар халық халқы ел елдің елде жер жыл күн бала балалар ата ана аға апа іні қазақ қазақша тілі біздер соны осыны мұны сонда осында мұнда онда`.split(
    /\s+/,
  );
