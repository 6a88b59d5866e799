/**
 * What tells Kazakh, Russian and English apart in one word: how it begins and how it ends, folded as the tokenizer folds.
 *
 * A beginning is a word of up to four letters, or the first four letters of a longer one. So one list holds function words
 * (`гой` is ғой) and stems with all their forms (`кере` is керек, керегі, керемет). Strong ones are as a rule fifteen times
 * as frequent in their language as in the other or more, weak ones three times. The Kazakh and Russian ones were picked by
 * counts over harmless messages of the labelled corpora, from the half of them that bench/language.js does not report on;
 * then read, pruned and added to: no names of peoples, places or persons, whatever the counts say. Russian and English
 * function words come from the package stopword (by deep path, its index loads 62 languages); it has no Kazakh.
 * What two languages claim marks neither.
 */
import { eng } from "stopword/src/stopwords_eng.js";
import { rus } from "stopword/src/stopwords_rus.js";

/** Beginnings are one to four letters, endings three; order means nothing. */
export interface LanguageCues {
  strong: readonly string[];
  weak: readonly string[];
  strongEndings: readonly string[];
  weakEndings: readonly string[];
}

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");
const LETTERS_OF_BEGINNING = 4;
const beginnings = (list: readonly string[]): readonly string[] => list.map((word) => word.slice(0, LETTERS_OF_BEGINNING));

/** Kazakh as it is left when its nine letters are folded away. */
export const KAZAKH_CUES: LanguageCues = {
  strong: words(`
    адам адем азыр айта айтк айтп айтт айту айты акел акша акым акын алад алай алам алга алгы алды алем алма алты алу алуг алын алып
    анау анык арал арас арип аркы арна асса аста асты асып ата атал атау атты ауда ауру ауыл ауыр ауыс ашык ашыл аякт бага багд багы
    байл бакы бала бар бари барл бас баск басп баст басш басы баты бауы белг бенн берг берд бери берм берс бес биз бизг бизд билд били
    билм бир бирг бире бири бирл бирн биыл бойы бола болг болд болм болс болу болы буга буги бугы бул бунд буны бурн буры гана гой гылы
    даму дауы дег деге дейд дейи деме деп депт дуни дуры егер еди едим екен еки екин ел елде елди елим емес енбе енги енди ерте есеп ешк
    ешка ешки ешт жагд жагы жаза жазд жазы жакс жакы жалп жама жана жане жани жаны жарт жары жас жаса жаст жата жатк жаты жеке жер жерг
    жерд жери жети жетк жетп жибе жиги жина жоба жога жок жол жолд жолы жонд жуз жуйе жукт жулд жумс жумы жур жург журе журс жуык жыл
    жылг жылд жылы затт зор ине ири иске исте ишин иште кабы кази кай кайд кайс кайт кайы кала калг калд калы канд канш кара карж карс
    касы катт каты кауи каша кезд кезе кези кейи келг келд келе кели келм кене кере керм кетк кетп кетт кеше ким кимг кире киши киын
    козг койд койм койы колд коме кони коп корг корд кори корс коры коши коют кунд куни кура куры кутт кушт кызд кызм кызы кымб кыры
    кыск кыта мага мал маны масе мект мен менд мени минд мулд мумк мунд муны мыкт мын мына мыса накт нарс нати неге неги неш нур оган
    одан оз озг озд ози озим озин оиын ойда ойла ойна ойын окиг оку окуш окып ол олар омир онай онда онди оны оным онын орна орны орта
    осы осыл осын отан отба оте отк оты отыр паиы пайд пайы пен ракм рахм рет рете саба сага сала салы сапа сау сеги секи сенд сени сиз
    сизг сизд сияк сога согы сой сойл сол сола сонг сонд соны сосы сура суре сыйл табы тага тагы тама танд таны тапт тарт таст тауы теги
    тенг тиим тиис тилд тили толы тонг туга тугы тун тур тура тург турд турл тус туси туст туыл уакы уйге уйи уйре улке унад унаи унай
    унам усын уш ушин уят халы шагы шакы шара шебе шеши шуки шыга шыгы шыкк шыкп шыкт шыны ынга ыста эне ягни`),
  weak: words(`
    аз ай айт ак аке ал ана апа ара ау ба балд бара бард барм бе бере беру биле боли бою бюдж дари де жай жара женг жени иа инша ия кана
    кате кеш кобе кол коли коре коте кун кыз ма мали ме мине ной па пе рас сай сана сен сон су сыз таба таза тез тек тил торт уй уйде ше
    шы ыкы`),
  strongEndings: words(`
    агы ады айы асы ауы бек ган гат ген гиз гин гыз гын гып гыс дай дан дап дар дау ден дер деу дыз дык дын еби еге еги есе еси еше зак
    зге зди зип зир зып иыл иын йда йде йди йды йин йлы йым йын кан кен кка кке ксы кти кты кум кша кын кыт лап лар лау лга лгы лда лде
    лди лды лер лип лпы лса лты луы лык лып лыс мак мга мди мды мек мен мес мет миз мин мша мыз мын мыс нап нау нге нгы нда нде нди нды
    низ нип нти нша нше нши ншы ныз нын нып ныс пен пти пты рак рап рга рге рги рда рде рди рды рек рип рли рык рын рып рыс сак сап сиз
    син сип сыз сым сын сып тан тап тар тау теп тип тта тте тти тты тыз тык тын тып тыр уап уге уни ушы уык уыл шан шар шин шкы шти шты
    ыга ыгы ыда ызы ылы ыма ымы ына ыны ыру ысы ясы`),
  weakEndings: words(`
    ага азы алы ана арт ары бай бир гай гер гни дам дик дим дин дым еде еди зан зга зги зде зды зык иге иги изу ири йта кер кет кта лай
    лик лим май ман мат мей нан нга нги нен нес нин пай рай рма рсе рсы сек тай тен теу тик тин тке уга уди уды улы`),
};

/** What chats add to the package's Russian list. */
const RUSSIAN_CHAT = words(`
    аха ахах благ быст ваш ваше веде верн весе вече вмес возм вопр врем врод всем всп вчер выгл гово год года году дава дел дела день
    дети днем дня добр долж дома дума жал жду жела жен живе жизн жить забы завт заме зач здес здор здра знае знач знаю изви имен каж
    кажд каки кого кому кото крас кста лет люб любл любо люде люди мест мечт мои мужч нам напи напр наро наст нач наш наши нев нем ник
    никт нич новы нрав нужн обыч обяз один одна одно оказ опят особ ост отве откр отли отно оч очен перв песн писа плох подр поех пожа
    позд пой пойд пока поко полн полу помн помо пони поня попр пор посм поте похо поч поче прав праз прив приг прие приз прин прис приш
    прия прод прос прош пус пуст пути раб рабо радо разг разн ребе ребя реше роди рожд рядо само самы свет свое свои свой сдел сейч серд
    силь скаж скол скор скуч след слов случ слуш смо смот соба согл сост спас спок сред ста стол стор счас счит таки твое твой твоя тебе
    точн труд уви удач узна утро хват хоро хоте хоч хоче хочу цвет час част чег чел чело чит чувс школ этим`);
export const RUSSIAN_CUES: LanguageCues = {
  strong: [...beginnings(rus.filter((word) => word.length > 2)), ...RUSSIAN_CHAT],
  weak: words(`${rus.filter((word) => word.length <= 2).join(" ")}
    брат госп груп дейс детс игра клас конт конц крут личн обра плат пове пода пост пред прям разм семь спра сраз стал стар стат удал
    фото`),
  strongEndings: words(`
    адо ает аже али ало ась ать аши ают блю вал вая век вно вое вой вом вою вые вый вых вья гда гие дет дно дня дют дят ебе ебя его ень
    ерь есь еты еть ешь жен жно жны зни знь зья ибо ием ись ить ишь йся йте йти ках кая кие ких кое кой кую лаю лее лся ляю маю мся мые
    мый наю ная нее нии ний нию нно нны ное ной ном ную ные ных овь ого ода оей оже оим ому ось оту очу ошо рно рые рый рят сех сии сле
    сли сно сто сть тва той тро тся тью тья тят уду удь ует уть ции цию чем чет чит чка чки чку чно чше шая шей шел шие ший ших шла щая
    щие щий ыли ыло ыть ьги ько ьно ься ьте ьше юди юсь ють яет ями ять`),
  weakEndings: words(`
    аки ами бой вет ела ено ены ете зал ики ила има ину кий ков лом ней ние ник ния нка нки нок ный обы ово ову оды ока она ора оты рой
    сов ств тво тно тов ток том шка ыла ышь`),
};

/** English against Russian and Kazakh typed in Latin letters, and against other languages of that alphabet. */
export const ENGLISH_CUES: LanguageCues = {
  strong: [
    ...beginnings(eng.filter((word) => word.length > 2)),
    ...words(`
    agai agre alon alre alri alth alwa anyo anyt arou away back bett brin call cant chan chil coun dear didn does doin done dont down
    drin dude earl else enou even ever feel fina find firs forg free frie game gett give goin gonn good gott grea gues guy guys happ
    hate hell help home hope hour hous idk isnt just keep kind knew know last late leas leav let lets life litt live lmao lol long look
    love lunc mayb mean meet mome mone morn moth mr mrs name need news next nice nigh nobo noth okay once one ones open peop pers plac
    play plea post pret prob put ques read real reas reme righ sad saw say says scho see seen send she shot show side slee smil soon
    sorr soun spea star stay stop stuf sure talk tell text thin thou time toda toge tomo toni took trie true try tryi turn two unle unti
    used usua wait wake walk wann want watc week went whos why wish woma wome word work worl wow writ wron yeah year yes yest yet youn`),
  ],
  weak: words(`${eng.filter((word) => word.length <= 2).join(" ")}
    big bit bro cool go haha hey hi hmm id ill im lt nah nd no nope oh ok omg pls pm rt so st th thx ur us wtf yep`),
  strongEndings: words(`
    ack ake alk all ash ath ave ays ble ead eck eds eed een eep ell ely ent ers ery ess est eth ful ght hat hey ick ies ike ill ily ing
    ion ise ish ith ity ive ked led lly lse nce ned ngs nts ock oke oll ome ood ook ool oor ost oth our ous out own ows oys ped red rse
    sed ted thy tly uck ugh uld use ush ust ver`),
  weakEndings: words(`
    ace ade age ain ame and ans ant ard are ars art ast ate ats ber day den der ear eat end ere ese fer ger hem hen her his ice ide ime
    ind ine ink ire ist ite kes les man men mes ner nes one ong ons ont ord ore ort ose per ple rom son sts ten ter tes ure ven`),
};

/** Kazakh typed in Latin letters, in the spellings chats use (q or k, j or zh, y or i). None of these begins a common English word. */
export const LATIN_KAZAKH_CUES: LanguageCues = {
  strong: words(`
    adem alga bagd barl beri bira biz bizd bizg bola bold bolm bols bugi bulk dost dury eken emes endi erte esep gana goi goy jaks jalp
    jama jane jaqs jaqy jatt jaty jok joly joq joqp juld jumy jyl kait kals kand kazi kela keld kele keli kelm kere koiy kolj kori kush
    kuti meni myna myqt nege negi oiin oiyn onda oner onyn oqu osyn otin otir otyr oyin qai qala qand qash qatt qay qazi qiyn qost qosy
    qush qyzm rahm raqm razy saba saga seng seni shuk siya sizd sizg sond soni sosy sura tama tipt uide uige unad unai unay urme ushi
    ynga zhak zhan zhaq zhat zhok zhoq zhul zhum zhyl`),
  weak: words(`
    apa ata bari bir bul el goo jer koi kop ol ote qoi sen siz tek zor`),
  strongEndings: words(`
    aiy dar dyn gym gyn idi idy kty lyk lyq miz myz nyn nyz qan qty tyn tyq ydy yng`),
  weakEndings: words(`
    dan din gen kan mak mek tan tar uga`),
};

/** Russian typed in Latin letters. */
export const LATIN_RUSSIAN_CUES: LanguageCues = {
  strong: words(`
    bols bude budu byla byli bylo cheg chto dava dlya esli eto etog etom etot gde govo horo ili kak kaka kako kazh khor kogd koto kto
    lubl ludi lyub lyud meny mojn moya mozh nado nash nelz nich niko nikt nujn nuzh oche oni poch poid poja pojd poka poni pony poto
    pozh prav rabo sego skol skor spas svoi svoy tebe teby togd toje tolk tozh tvoi tvoy uje uzhe vash vche vse vseg vsem zach zavt zna
    znai znau znay`),
  weak: words(`
    ego iz na ne net ona ot po tak tam tut ty vot vy za`),
  strongEndings: words(`
    aet emu hno lno niy ogo omu sya tsa ych ykh yut`),
  weakEndings: words(`
    ami aya nyi nyj oye`),
};
