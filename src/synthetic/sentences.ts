/**
 * Sentences that name groups and carry no label, and frames that turn what stands in them into talk about it, or into agreement.
 * A slot is a form of a name; `{2:nom.pl}` is another group's, `{attr}` only of peoples. In frames `{}` is the message.
 */
import type { WrittenLanguage } from "./forms.ts";

const lines = (text: string): readonly string[] => text.trim().split("\n");

/** Everyday talk that has the words of calls and attacks too: leave, everyone, houses, land, must, tonight, weapons. */
export const HARMLESS: Readonly<Record<WrittenLanguage, readonly string[]>> = {
  kk: lines(`
Кеше {nom.pl} тойға келді, бәрі риза болып кетті
Көшемізде {nom.pl} тұрады, көбі бала-шағалы отбасы
{dat.pl} рахмет, үйді жөндеуге көмектесті
Базарда {nom.pl} сауда жасайды, бағасы қолайлы
Біз {ins.pl} бір ауылда өстік
{gen.pl} балалары біздің мектепте оқиды
Ертең {dat.pl} қонаққа барамыз, ерте жиналыңдар
Бүгін кешке {ins.pl} футбол ойнаймыз, алаңға жиналайық
{acc.pl} тойға шақыру керек, ұмытып кетпейік
{acc.pl} жұмысқа алу керек, қол жетпей жатыр
{nom.pl} елден кетпесін, мұнда жұмыс көп
Жаңа заң {dat.pl} де, басқаларға да бірдей
{acc.pl} ренжітуге болмайды, олар да адам
{acc.pl} қорғау керек, ешкімге тиіспеңдер
{gen.pl} үйлері көшенің басында, жанында дүкен бар
Түнде {nom.pl} өрт сөндіруге көмектесті
Полиция {acc.pl} ұрып кеткендерді іздеп жатыр
Сот {acc.pl} қорлаған адамды айыпты деп тапты
Тарих кітабында {acc.pl} жер аударғаны жазылған
{nom.pl} осы жерде жүз жылдан бері тұрады
{abl.pl} дәм татып, ас ішіп қайттық
Кей {nom.pl} қалаға көшіп кетті, кейбірі ауылда қалды
{nom.pl} туралы мақала оқыдым, пікірің қандай?
Осы жерде {nom.pl} көп пе, мектебі бар ма?
{gen.pl} көшесінде су жоқ, әкімдік неге қарап отыр?
{gen.pl} бәрін бірдей деп ойлау қате
Мұғалім {acc.pl} мақтады, сабақты жақсы оқиды
{nom.pl} мен {2:nom.pl} бір командада ойнайды
{nom.pl} алаңға жиналып, мереке тойлады
{dat.pl} де, {2:dat.pl} де сыйлық берілді
Біреу {acc.pl} жамандап жүр екен, мен сенбеймін
Дүкенде {nom.pl} кезекте тұрды, бәрі жақсы
Осы {nom.pl} сабақтан қашып кетті, мұғалім ұрысты
Көршім шай құйды, {nom.pl} ән салды
Анам {dat.pl} нан апарып берді
{abl.pl} жылқы сатып алдық, сойып ет қылдық
Кешке иттерді қуып шықтық, {nom.pl} де көмектесті
{nom.pl} тарақаннан дәрі сатып жүр, сұрасаң алып береді
{attr} тағамын пісіруді үйреніп жүрмін
{attr} тілінде сөйлейтін көршіміз бар
Барлық {dat.pl} мереке құтты болсын
Бұл {nom.pl} маған дұрыс жол көрсетті
Осы {acc.pl} тойға шақырып жіберейік
`),
  ru: lines(`
Вчера {nom.pl} были у нас на свадьбе, все остались довольны
На нашей улице живут {nom.pl}, в основном семьи с детьми
Спасибо {dat.pl}, помогли починить дом
На рынке {nom.pl} торгуют зеленью, цены нормальные
Мы с {ins.pl} выросли в одном селе
Дети {gen.pl} учатся в нашей школе
Завтра едем к {dat.pl} в гости, собираемся у моста
Сегодня вечером играем с {ins.pl} в футбол, все на площадь
{acc.pl} надо позвать на праздник, не забудьте
{acc.pl} нужно брать на работу, рук не хватает
Пусть {nom.pl} остаются, работы хватит всем
Закон один и для {gen.pl}, и для всех остальных
Нельзя обижать {acc.pl}, они такие же люди
{acc.pl} надо защищать, никого не трогайте
Дома {gen.pl} стоят в начале улицы, рядом магазин
Ночью {nom.pl} помогали тушить пожар
Полиция ищет тех, кто избил {acc.pl}
Суд наказал человека, который оскорблял {acc.pl}
В учебнике написано, как выселяли {acc.pl} в сороковые
{nom.pl} живут на этой земле больше ста лет
Мы были у {gen.pl}, накормили и чаем напоили
Одни {nom.pl} уехали в город, другие остались в селе
Читал статью о том, как живут {nom.pl}, что думаешь?
Много тут {gen.pl}? А школа для них есть?
У {gen.pl} на улице нет воды, куда смотрит акимат?
Думать, что все {nom.pl} одинаковые, глупо
Учительница похвалила {acc.pl}, хорошо учатся
{nom.pl} и {2:nom.pl} играют в одной команде
{nom.pl} собрались на площади и отметили праздник
И {dat.pl}, и {2:dat.pl} дали подарки
Кто-то плохо говорит про {acc.pl}, а я не верю
В магазине {nom.pl} стояли в очереди, всё спокойно
Эти {nom.pl} сбежали с урока, училка ругалась
Соседка налила чай, {nom.pl} пели песни
Мама отнесла {dat.pl} хлеб
Купили у {gen.pl} барана, зарезали к празднику
Вечером прогнали собак со двора, {nom.pl} тоже помогали
{nom.pl} продают отраву от тараканов и крыс
Учусь готовить {attr.ие} блюда
Сосед включил {attr.ую} музыку
В наш район приехали {nom.pl}, открыли пекарню
Почему {nom.pl} не пришли, кто их звал?
Эти {nom.pl} все до одного пришли на субботник
Этим {dat.pl} не хватило места в поезде
Верно, что эти {nom.pl} хорошо поют
`),
  en: lines(`
Yesterday some {pl} came to the wedding and everybody was happy
Some {pl} live on our street, mostly families with kids
Thanks to the {pl} who helped us fix the house
The {pl} sell vegetables at the market and the prices are fine
We grew up with {pl} in the same town
The children of the {pl} go to our school
Tomorrow we visit the {pl}, meet at the bridge
Tonight we play football with the {pl}, everyone come to the square
We must invite the {pl} to the party
Let the {pl} stay, there is work for all of us
The law is the same for {pl} and for everybody else
Do not insult {pl}, they are people like us
We should protect {pl}, nobody should touch them
At night the {pl} helped put out the fire in the shop
Police are looking for the men who beat up the {pl}
A court fined the man who insulted {pl}
The history book says the {pl} were deported in the war
{pl} have lived on this land for a hundred years
Some {pl} moved to the city, others stayed
I read an article about {pl}, what do you think?
Are there many {pl} here, and is there a school?
The {pl} have no water on their street, it is a shame
It is silly to think that all {pl} are the same
{pl} and {2:pl} play in one team
The {pl} gathered on the square for the holiday
Somebody says bad things about the {pl}, I do not believe it
The {pl} stood in line at the store
My neighbour made tea and the {pl} sang
The {pl} chased the dogs out of the yard
The {pl} sell poison against rats and cockroaches
I am learning to cook {attr} food
Our neighbour plays {attr} music
Those {pl} are too kind, they are right about all of it
See you here tonight, those {pl} will be playing
Get out of the rain, the {pl} have a shop here
`),
};

/** The message is quoted and disowned, reported, or denied. */
export const DISOWNED: Readonly<Record<WrittenLanguage, readonly string[]>> = {
  kk: lines(`
«{}» деген сөз дұрыс емес
«{}» деп жазған адам жауапқа тартылды
«{}» дегендерге сенбеңдер
«{}» деп айтуға болмайды, ұят
Біреу «{}» депті, мен келіспеймін
«{}» деген жазбаны өшіріп тастады, автор айыппұл төледі
Полиция «{}» деген жазу үшін күдіктіні ұстады
Қашанғы «{}» дей береміз, қойыңдаршы
`),
  ru: lines(`
«{}» — нельзя так говорить, это стыдно
За надпись «{}» автора оштрафовали
Написали «{}», я с этим не согласен
Не верьте тем, кто кричит «{}»
Пост «{}» удалили, автора вызвали в полицию
«{}» — вот за такие слова и судят
Кто пишет «{}», тот сеет вражду
Сколько можно повторять «{}», хватит уже
`),
  en: lines(`
"{}" is a shameful thing to say
The man who wrote "{}" was fined
Someone wrote "{}" and I do not agree
Do not believe people who shout "{}"
The post "{}" was deleted and police spoke to the author
Saying "{}" only spreads hatred, stop it
`),
};

/** The message is quoted and agreed with: a quotation alone says nothing. */
export const AGREED: Readonly<Record<WrittenLanguage, readonly string[]>> = {
  kk: lines(`
«{}» дегенге толық қосыламын
«{}» деп дұрыс айтады ғой
Мен де айтамын: {}
«{}» деп жазғаны үшін жауапқа тартылды, бекер, дұрыс жазған
«{}» деген жазбаны өшіріп тастады, қанша өшірсе де шындық
«{}» дегенге кім сенбейді, бәрі біледі
Полиция айыппұл салса да айтамын: {}
Ұят болса да айтам: {}
`),
  ru: lines(`
«{}» — полностью согласен
Правильно пишут: «{}»
И я так скажу: {}
Пост «{}» удалили, а ведь всё верно
За надпись «{}» автора оштрафовали, а зря, молодец
Пусть хоть полицию вызывают, скажу: {}
Все говорят, что нельзя, а я повторю: {}
Кто не верит, что «{}» — правда, тот врёт
`),
  en: lines(`
"{}" and I fully agree
He is right: "{}"
I say it too: {}
The post "{}" was deleted but it is the truth
The man who wrote "{}" was fined, what a shame, he is a hero
Call the police if you like, I believe this: {}
It is not wrong to say this: {}
`),
};

/** Around a clause about a group, `{nom.pl}` or `{pl}` its subject, `{}` the clause: as said, and as denied. */
export const CLAUSE_SAID: Readonly<Record<WrittenLanguage, readonly string[]>> = {
  kk: lines(`
{nom.pl} {}
Осы {nom.pl} {}
{nom.pl} {}, өтірік емес
Бұл {nom.pl} {}
`),
  ru: lines(`
{nom.pl} {}
Эти {nom.pl} {}
{nom.pl} {}, и это не ложь
Верно говорят, что {nom.pl} {}
`),
  en: lines(`
{pl} {}
Those {pl} {}
It is true that {pl} {}
It is no lie that {pl} {}
`),
};
/** What is said of groups in the same frames without any contempt. */
export const FRIENDLY: Readonly<Record<WrittenLanguage, readonly string[]>> = {
  kk: lines(`
бізге көмектесті
бізді тойға шақырып жатыр
ауылымызды бірге көркейтіп жатыр
жерімізде еңбек етіп жүр
елімізді бірге қорғады
қазақпен дос болып жүр
базарымызға жеміс әкеледі
балаларымызға сабақ береді
бізбен бірге өсті
халыққа нан пісіріп отыр
қазақ жерінде туды
жаңа үй салып алды
`),
  ru: lines(`
помогли нам
зовут нас в гости
живут рядом с нами
строят наш район вместе с нами
восстановили наше село
открыли рынок
защищали нашу страну
учат наших детей
кормят весь город
работают больше всех
привезли на рынок фрукты
любят нашу землю
скоро приедут к нам
давно живут тут
`),
  en: lines(`
are friends
are farmers
are all kind
will help us
want to join us
work with us
bring bread
bring music
sing with us
share everything
`),
};
export const CLAUSE_DENIED: Readonly<Record<WrittenLanguage, readonly string[]>> = {
  kk: lines(`
{nom.pl} {} дегені өтірік
{nom.pl} {} дегенге сенбеймін
{nom.pl} {} деп кім айтты, бос сөз
{nom.pl} {} деу дұрыс емес
`),
  ru: lines(`
Неправда, что {nom.pl} {}
Не верю, что {nom.pl} {}
Врут, что {nom.pl} {}
Зачем писать, будто {nom.pl} {}, это ложь
`),
  en: lines(`
It is a lie that {pl} {}
I do not believe that {pl} {}
It is wrong to say that {pl} {}
`),
};

/** Said before anything, label 1 or 0. */
export const OPENERS: Readonly<Record<WrittenLanguage, readonly string[]>> = {
  kk: lines(`
Көрдіңдер ме,
Қараңдаршы,
Тыңдаңдар,
Жігіттер,
Ағайын,
Білесіңдер ме,
Айтайын дегенім,
`),
  ru: lines(`
Видите,
Слушайте,
Короче,
Ребята,
Знаете,
Вот что скажу:
Народ,
`),
  en: lines(`
You see,
Listen,
Guys,
Look,
Well,
Honestly,
`),
};
