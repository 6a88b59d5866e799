/** The words whose forms are generated, each with what a dictionary gives of it. Groups are those of the lexicons. */

/** Kazakh names: word, group; "plural" where the singular is also a country or another word, "loan" where к does not become г. */
export const KAZAKH_NAMES = `
дүнген dungan
ұйғыр uyghur
орыс russian
қытай chinese plural
өзбек uzbek
күрд kurd plural
түрік turk
шешен chechen plural
чечен chechen
ингуш ingush
әзірбайжан azerbaijani plural
кәріс korean plural
неміс german
еврей jewish
татар tatar
қырғыз kyrgyz
тәжік tajik
украин ukrainian plural
беларус belarusian
поляк polish
грек greek
армян armenian
грузин georgian
түрікмен turkmen
қарақалпақ karakalpak
башқұрт bashkir
лезгин lezgin
сыған roma
моңғол mongol
қазақ kazakh
қандас repatriate
мұсылман muslim
христиан christian
осетин ossetian
қалмақ kalmyk
ноғай nogai
балқар balkar
абхаз abkhaz
жапон japanese
славян slavic
католик catholic
буддист buddhist
мигрант migrant
босқын refugee
кавказдық caucasian plural
дағыстандық dagestani plural
шетелдік foreigner plural
сүннит sunni
шиит shia
африкалық african plural
америкалық american plural
ауған afghan plural
мүгедек disabled
`;

/** Kazakh verbs: stem, category; "noun" where the stem alone is a form of a noun and is not asked for. */
export const KAZAKH_VERBS = `
өлтір violence
бауызда violence
пышақта violence noun
атқыла violence
өрте violence
талқанда violence noun
қират violence
күйрет violence
жайпа violence
жаншы violence
тепкіле violence
соққыла violence
жұдырықта violence noun
ұрғыла violence
төмпеште violence
дүреле violence
қамшыла violence
таяқта violence noun
шабуылда violence noun
жардыр violence
бомбала violence
тұншықтыр violence
азапта violence noun
жазала violence
тона violence noun
соқ violence noun
құрт violence noun
қыр violence noun
ұр violence noun
сой violence noun
жой violence
қу expulsion noun
қуала expulsion
аласта expulsion
қудала expulsion
көшір expulsion
жинал assembly
көтеріл assembly
қарулан assembly
`;

/**
 * Russian names: group, type, stem, woman, adjective, and what mixed plurals are put on; a dash for what is left out. The adjective is
 * left out where it mostly stands before goods, countries, films and churches: the lexicons do not take it for a name on purpose.
 */
export const RUSSIAN_NAMES = `
dungan anin дунган дунганка дунганск дунган
uyghur hard уйгур уйгурка уйгурск уйгур
chinese yets кита китаянка - -
uzbek hard узбек узбечка узбекск узбек
kurd hard курд курдянка курдск курд
chechen ets чечен чеченка чеченск чечен
ingush hushing ингуш ингушка ингушск ингуш
azerbaijani ets азербайджан азербайджанка азербайджанск -
korean yets коре кореянка - -
german ets нем немка - -
jewish soft евре еврейка еврейск еврей
tatar arin татар татарка татарск татар
kyrgyz hard киргиз киргизка киргизск киргиз
kyrgyz hard кыргыз кыргызка кыргызск кыргыз
tajik hard таджик таджичка таджикск таджик
ukrainian ets украин украинка - -
belarusian hard белорус белоруска - белорус
polish hard поляк полячка - поляк
greek hard грек гречанка - грек
armenian anin армян армянка армянск армян
georgian bare грузин грузинка грузинск грузин
turkmen bare туркмен туркменка туркменск туркмен
karakalpak hard каракалпак каракалпачка - каракалпак
bashkir bare башкир башкирка башкирск башкир
roma anin цыган цыганка цыганск цыган
mongol hard монгол монголка - монгол
kazakh hard казах казашка казахск казах
muslim anin мусульман мусульманка мусульманск мусульман
christian anin христиан христианка христианск христиан
caucasian ets кавказ - кавказск -
dagestani ets дагестан дагестанка дагестанск -
avar ets авар аварка аварск -
ossetian bare осетин осетинка осетинск осетин
chuvash hushing чуваш чувашка чувашск чуваш
yakut hard якут якутка якутск якут
buryat hard бурят бурятка бурятск бурят
kalmyk hard калмык калмычка калмыцк калмык
lithuanian ets литов литовка литовск -
moldovan anin молдаван молдаванка молдавск молдаван
romanian bare румын румынка румынск румын
serb hard серб сербка сербск серб
arab hard араб арабка - араб
american ets американ американка - -
japanese ets япон японка - -
vietnamese ets вьетнам вьетнамка - -
african ets африкан африканка - -
sunni hard суннит суннитка суннитск суннит
shia hard шиит шиитка шиитск шиит
catholic hard католик католичка - католик
migrant hard мигрант мигрантка мигрантск мигрант
refugee ets бежен беженка - -
foreigner ets иностран иностранка - -
`;

/** Russian verbs: category and principal parts as russian.js takes them. */
export const RUSSIAN_VERBS = `
violence убить убью убьёшь убьют убей убил убила p убит
violence убивать убиваю убиваешь убивают убивай убивал убивала i -
violence бить бью бьёшь бьют бей бил била i бит
violence избить изобью изобьёшь изобьют избей избил избила p избит
violence избивать избиваю избиваешь избивают избивай избивал избивала i -
violence резать режу режешь режут режь резал резала i резан
violence зарезать зарежу зарежешь зарежут зарежь зарезал зарезала p зарезан
violence вырезать вырежу вырежешь вырежут вырежь вырезал вырезала p вырезан
violence жечь жгу жжёшь жгут жги жёг жгла i жжен
violence сжечь сожгу сожжёшь сожгут сожги сжёг сожгла p сожжён
violence сжигать сжигаю сжигаешь сжигают сжигай сжигал сжигала i -
violence поджечь подожгу подожжёшь подожгут подожги поджёг подожгла p подожжён
violence стрелять стреляю стреляешь стреляют стреляй стрелял стреляла i -
violence расстрелять расстреляю расстреляешь расстреляют расстреляй расстрелял расстреляла p расстрелян
violence застрелить застрелю застрелишь застрелят застрели застрелил застрелила p застрелен
violence вешать вешаю вешаешь вешают вешай вешал вешала i -
violence повесить повешу повесишь повесят повесь повесил повесила p повешен
violence взорвать взорву взорвёшь взорвут взорви взорвал взорвала p взорван
violence взрывать взрываю взрываешь взрывают взрывай взрывал взрывала i -
violence уничтожить уничтожу уничтожишь уничтожат уничтожь уничтожил уничтожила p уничтожен
violence уничтожать уничтожаю уничтожаешь уничтожают уничтожай уничтожал уничтожала i -
violence истребить истреблю истребишь истребят истреби истребил истребила p истреблён
violence громить громлю громишь громят громи громил громила i -
violence разгромить разгромлю разгромишь разгромят разгроми разгромил разгромила p разгромлен
violence задушить задушу задушишь задушат задуши задушил задушила p задушен
violence раздавить раздавлю раздавишь раздавят раздави раздавил раздавила p раздавлен
violence казнить казню казнишь казнят казни казнил казнила i казнён
violence утопить утоплю утопишь утопят утопи утопил утопила p утоплен
violence насиловать насилую насилуешь насилуют насилуй насиловал насиловала i -
violence атаковать атакую атакуешь атакуют атакуй атаковал атаковала i атакован
violence напасть нападу нападёшь нападут напади напал напала p -
violence грабить граблю грабишь грабят грабь грабил грабила i -
revenge отомстить отомщу отомстишь отомстят отомсти отомстил отомстила p отомщён
expulsion гнать гоню гонишь гонят гони гнал гнала i -
expulsion выгнать выгоню выгонишь выгонят выгони выгнал выгнала p выгнан
expulsion выгонять выгоняю выгоняешь выгоняют выгоняй выгонял выгоняла i -
expulsion прогнать прогоню прогонишь прогонят прогони прогнал прогнала p прогнан
expulsion изгнать изгоню изгонишь изгонят изгони изгнал изгнала p изгнан
expulsion депортировать депортирую депортируешь депортируют депортируй депортировал депортировала p депортирован
expulsion выселить выселю выселишь выселят высели выселил выселила p выселен
expulsion выселять выселяю выселяешь выселяют выселяй выселял выселяла i -
expulsion выдворить выдворю выдворишь выдворят выдвори выдворил выдворила p выдворен
assembly собираться собираюсь собираешься собираются собирайся собирался собиралась i -
assembly собраться соберусь соберёшься соберутся соберись собрался собралась p -
assembly вооружаться вооружаюсь вооружаешься вооружаются вооружайся вооружался вооружалась i -
`;

/** English names: name, group; "only" where neither people nor families goes after it. */
export const ENGLISH_NAMES = `
dungan dungan
uyghur uyghur
russian russian
chinese chinese
uzbek uzbek
kurd kurd only
turk turk only
chechen chechen
korean korean
german german
kyrgyz kyrgyz
tajik tajik
ukrainian ukrainian
gypsy roma
kazakh kazakh
muslim muslim
dagestani dagestani
japanese japanese
vietnamese vietnamese
arab arab
afghan afghan
turkmen turkmen
catholic catholic
sunni sunni
migrant migrant
refugee refugee
`;

/** English verbs: category, base, past, participle where it differs, "double" where the last letter is doubled. */
export const ENGLISH_VERBS = `
violence kill killed
violence murder murdered
violence slaughter slaughtered
violence exterminate exterminated
violence eliminate eliminated
violence destroy destroyed
violence execute executed
violence lynch lynched
violence shoot shot
violence burn burned
violence beat beat beaten
violence stab stabbed stabbed double
violence bomb bombed
violence crush crushed
violence drown drowned
violence strangle strangled
violence hang hanged
violence torture tortured
violence massacre massacred
violence punish punished
expulsion deport deported
expulsion expel expelled expelled double
expulsion evict evicted
expulsion banish banished
`;
