/** Names of groups and plain acts of harm, each with what a dictionary gives of it. Groups and categories are those of the lexicons. */

/**
 * Kazakh: word, group, kind, marks. "plural": its singular is also a country or another word, and stands only before a noun;
 * "front", "back": the harmony of a loan that its vowels do not show.
 */
export const KAZAKH_NAMES = `
дүнген dungan ethnicity
ұйғыр uyghur ethnicity
орыс russian ethnicity
қытай chinese ethnicity plural
өзбек uzbek ethnicity
күрд kurd ethnicity plural
түрік turk ethnicity
шешен chechen ethnicity plural
ингуш ingush ethnicity back
әзірбайжан azerbaijani ethnicity plural
кәріс korean ethnicity plural
неміс german ethnicity
еврей jewish ethnicity
татар tatar ethnicity
қырғыз kyrgyz ethnicity
тәжік tajik ethnicity
украин ukrainian ethnicity plural
поляк polish ethnicity
грек greek ethnicity
армян armenian ethnicity
грузин georgian ethnicity
түрікмен turkmen ethnicity
қарақалпақ karakalpak ethnicity
башқұрт bashkir ethnicity
лезгин lezgin ethnicity
сыған roma ethnicity
моңғол mongol ethnicity
қазақ kazakh ethnicity
осетин ossetian ethnicity
қалмақ kalmyk ethnicity
ноғай nogai ethnicity
мұсылман muslim religion
христиан christian religion
сүннит sunni religion
шиит shia religion
мигрант migrant migration
босқын refugee migration
қандас repatriate migration
`;

/** Other names, which are known where they stand and never put in. */
export const KAZAKH_ALIASES = `
дунган dungan ethnicity
чечен chechen ethnicity
цыган roma ethnicity
`;

/** Russian: stem, group, kind, declension, stem of the adjective or a dash. */
export const RUSSIAN_NAMES = `
дунган dungan ethnicity anin дунганск
уйгур uyghur ethnicity hard уйгурск
русск russian ethnicity adjective русск
кита chinese ethnicity yets китайск
узбек uzbek ethnicity hard узбекск
курд kurd ethnicity hard курдск
тур turk ethnicity ok турецк
чечен chechen ethnicity ets чеченск
ингуш ingush ethnicity hushing ингушск
азербайджан azerbaijani ethnicity ets азербайджанск
коре korean ethnicity yets корейск
нем german ethnicity ets немецк
евре jewish ethnicity soft еврейск
татар tatar ethnicity arin татарск
киргиз kyrgyz ethnicity hard киргизск
таджик tajik ethnicity hard таджикск
украин ukrainian ethnicity ets украинск
поляк polish ethnicity hard польск
грек greek ethnicity hard греческ
армян armenian ethnicity anin армянск
грузин georgian ethnicity bare грузинск
туркмен turkmen ethnicity bare туркменск
башкир bashkir ethnicity bare башкирск
лезгин lezgin ethnicity bare лезгинск
цыган roma ethnicity an цыганск
монгол mongol ethnicity hard монгольск
казах kazakh ethnicity hard казахск
осетин ossetian ethnicity bare осетинск
калмык kalmyk ethnicity hard калмыцк
молдаван moldovan ethnicity anin молдавск
чуваш chuvash ethnicity hushing чувашск
бурят buryat ethnicity bare бурятск
мусульман muslim religion anin мусульманск
христиан christian religion anin христианск
суннит sunni religion hard суннитск
шиит shia religion hard шиитск
мигрант migrant migration hard -
бежен refugee migration ets -
`;

/** English: singular, plural, adjective, group, kind. A dash: no such form that could stand for a person. */
export const ENGLISH_NAMES = `
Dungan Dungans Dungan dungan ethnicity
Uyghur Uyghurs Uyghur uyghur ethnicity
Russian Russians Russian russian ethnicity
- Chinese Chinese chinese ethnicity
Uzbek Uzbeks Uzbek uzbek ethnicity
Kurd Kurds Kurdish kurd ethnicity
Turk Turks Turkish turk ethnicity
Chechen Chechens Chechen chechen ethnicity
Azerbaijani Azerbaijanis Azerbaijani azerbaijani ethnicity
Korean Koreans Korean korean ethnicity
German Germans German german ethnicity
Jew Jews Jewish jewish ethnicity
Tatar Tatars Tatar tatar ethnicity
- Kyrgyz Kyrgyz kyrgyz ethnicity
Tajik Tajiks Tajik tajik ethnicity
Ukrainian Ukrainians Ukrainian ukrainian ethnicity
Pole Poles Polish polish ethnicity
Greek Greeks Greek greek ethnicity
Armenian Armenians Armenian armenian ethnicity
Georgian Georgians Georgian georgian ethnicity
Turkmen Turkmens Turkmen turkmen ethnicity
- Roma Roma roma ethnicity
Mongol Mongols Mongolian mongol ethnicity
Kazakh Kazakhs Kazakh kazakh ethnicity
Arab Arabs Arab arab ethnicity
Afghan Afghans Afghan afghan ethnicity
- Japanese Japanese japanese ethnicity
- Vietnamese Vietnamese vietnamese ethnicity
Muslim Muslims Muslim muslim religion
Christian Christians Christian christian religion
migrant migrants migrant migrant migration
refugee refugees refugee refugee migration
`;

/** Kazakh verbs that take the accusative: stem and class. Words of one class may stand for each other. */
export const KAZAKH_VERBS = `
өлтір kill
қыр kill
бауызда kill
өрте ruin
талқанда ruin
қират ruin
жой kill
саба beat
соққыла beat
тепкіле beat
ұр beat
төмпеште beat
қу expel
қуала expel
айда expel
кетір expel
аласта expel
тона rob
қина scare
қорқыт scare
`;

/** Russian verbs that take the accusative: class, aspect and principal parts. */
export const RUSSIAN_VERBS = `
kill p убить убью убьёшь убьют убей убил
kill i убивать убиваю убиваешь убивают убивай убивал
kill i резать режу режешь режут режь резал
kill p зарезать зарежу зарежешь зарежут зарежь зарезал
kill p вырезать вырежу вырежешь вырежут вырежь вырезал
kill p расстрелять расстреляю расстреляешь расстреляют расстреляй расстрелял
kill i расстреливать расстреливаю расстреливаешь расстреливают расстреливай расстреливал
kill p повесить повешу повесишь повесят повесь повесил
kill i вешать вешаю вешаешь вешают вешай вешал
kill p уничтожить уничтожу уничтожишь уничтожат уничтожь уничтожил
kill i уничтожать уничтожаю уничтожаешь уничтожают уничтожай уничтожал
kill p истребить истреблю истребишь истребят истреби истребил
kill p перебить перебью перебьёшь перебьют перебей перебил
kill p задушить задушу задушишь задушат задуши задушил
beat i бить бью бьёшь бьют бей бил
beat p избить изобью изобьёшь изобьют избей избил
beat i избивать избиваю избиваешь избивают избивай избивал
beat i громить громлю громишь громят громи громил
beat i давить давлю давишь давят дави давил
expel p выгнать выгоню выгонишь выгонят выгони выгнал
expel i выгонять выгоняю выгоняешь выгоняют выгоняй выгонял
expel i гнать гоню гонишь гонят гони гнал
expel p прогнать прогоню прогонишь прогонят прогони прогнал
expel p депортировать депортирую депортируешь депортируют депортируй депортировал
expel p выселить выселю выселишь выселят высели выселил
expel i выселять выселяю выселяешь выселяют выселяй выселял
expel p выдворить выдворю выдворишь выдворят выдвори выдворил
expel i выдворять выдворяю выдворяешь выдворяют выдворяй выдворял
expel p вышвырнуть вышвырну вышвырнешь вышвырнут вышвырни вышвырнул
ruin p сжечь сожгу сожжёшь сожгут сожги сжёг сожгла
ruin p разгромить разгромлю разгромишь разгромят разгроми разгромил
ruin p взорвать взорву взорвёшь взорвут взорви взорвал
rob p ограбить ограблю ограбишь ограбят ограбь ограбил
rob i грабить граблю грабишь грабят грабь грабил
`;

/** English verbs with an object: class, base, past, participle or a dash, -ing. */
export const ENGLISH_VERBS = `
kill kill killed - killing
kill slaughter slaughtered - slaughtering
kill massacre massacred - massacring
kill lynch lynched - lynching
kill exterminate exterminated - exterminating
kill shoot shot - shooting
kill hang hanged - hanging
kill drown drowned - drowning
expel deport deported - deporting
expel expel expelled - expelling
expel evict evicted - evicting
expel banish banished - banishing
ruin smash smashed - smashing
ruin burn burned - burning
ruin torch torched - torching
ruin wreck wrecked - wrecking
`;
