/**
 * What WhatsApp itself writes into a chat, in English, Russian and Kazakh; other languages have `phrases-abroad.ts`. The Russian
 * and English lists were seen in exports or are from the app's own resources; the Kazakh ones come from the Android resources
 * only. Written in lower case, plain spaces, straight apostrophes, no full stop at the end: `foldPhrase` brings messages to
 * this form.
 */

/** Whole bodies in place of a message that its sender or an admin took back. */
export const DELETED: readonly string[] = [
  "this message was deleted",
  "you deleted this message",
  "you deleted this message as admin",
  "данное сообщение удалено",
  "это сообщение удалено",
  "сообщение удалено",
  "вы удалили данное сообщение",
  "вы удалили это сообщение",
  "бұл хат жойылды",
  "сіз бұл хатты жойдыңыз",
];

/** The same with the name of an admin behind it, believed as MARKED_NOTICES are. */
export const MARKED_DELETED: readonly string[] = ["this message was deleted by admin"];

/** The whole body of a photo to be viewed once, on Android. */
export const VIEWED_ONCE: readonly string[] = ["null"];

/** Whole bodies in place of something that is not in the export. */
export const PLACEHOLDERS: readonly string[] = [
  "missed voice call",
  "missed video call",
  "missed group voice call",
  "missed group video call",
  "missed voice call. tap to call back",
  "missed video call. tap to call back",
  "live location shared",
  "waiting for this message. this may take a while",
  "waiting for this message",
  "пропущенный аудиозвонок",
  "пропущенный видеозвонок",
  "пропущенный групповой аудиозвонок",
  "пропущенный групповой видеозвонок",
  "пропущенный аудиозвонок. нажмите, чтобы перезвонить",
  "пропущенный видеозвонок. нажмите, чтобы перезвонить",
  "геоданные отправлены",
  "ожидание сообщения. это может занять некоторое время",
  "ожидание сообщения",
  "жауапсыз қоңырау",
  "жауапсыз видео қоңырау",
  "қазіргі орынмен бөлісті",
];

/** Whole first lines in place of a medium; a caption may follow on the next line. */
export const MEDIA: readonly string[] = [
  "<media omitted>",
  "<video message omitted>",
  "<view once media omitted>",
  "<view once voice message omitted>",
  "image omitted",
  "video omitted",
  "audio omitted",
  "gif omitted",
  "sticker omitted",
  "document omitted",
  "contact card omitted",
  "video note omitted",
  "<без медиафайлов>",
  "<файл пропущен>",
  "<видеосообщение отсутствует>",
  "изображение отсутствует",
  "видео отсутствует",
  "аудиофайл отсутствует",
  "gif отсутствует",
  "стикер не добавлен",
  "стикер отсутствует",
  "документ отсутствует",
  "карточка контакта отсутствует",
  "видеосообщение отсутствует",
  "<файлдар қосылмаған>",
  "<файл қосылған жоқ>",
];

/** After a file's name on Android. */
export const ATTACHED_AFTER: readonly string[] = ["(file attached)", "(файл добавлен)", "(қосымша файл)"];

/** Before a file's name on iOS, the whole between angle brackets. */
export const ATTACHED_BEFORE: readonly string[] = ["<attached: ", "<прикреплено: "];

export const EDITED: readonly string[] = ["<this message was edited>", "<сообщение изменено>"];

/** How sentences of the program begin that nobody types. */
export const NOTICES: readonly string[] = [
  "messages and calls are end-to-end encrypted",
  "messages to this chat and calls are now secured with end-to-end encryption",
  "messages to this group are now secured with end-to-end encryption",
  "messages you send to this group are now secured with end-to-end encryption",
  "messages you send to this chat and calls are now secured with end-to-end encryption",
  "сообщения и звонки защищены сквозным шифрованием",
  "сообщения и звонки в этом чате защищены сквозным шифрованием",
  "сообщения и звонки в этом чате теперь защищены",
  "сообщения в этой группе теперь защищены",
  "сообщения, которые вы отправляете в данную группу, теперь защищены",
  "сіздің хаттарыңыз және қоңырауларыңыз толығымен шифрлау",
];

/** The same, but only believed where a direction mark says that the program wrote the body. */
export const MARKED_NOTICES: readonly string[] = [
  "your security code with ",
  "you're now an admin",
  "you're no longer an admin",
  "you blocked this contact",
  "you unblocked this contact",
  "this business ",
  "this chat is with ",
  "disappearing messages were ",
  "voice call",
  "video call",
  "missed voice call",
  "missed video call",
  "ваш код безопасности с ",
  "теперь вы админ",
  "вы больше не админ",
  "вы теперь админ",
  "вы заблокировали данный контакт",
  "вы разблокировали данный контакт",
  "эта компания ",
  "аудиозвонок",
  "видеозвонок",
  "пропущенный аудиозвонок",
  "пропущенный видеозвонок",
];

/** What follows an actor's name in a notice that the program wrote. */
export const DEEDS: readonly string[] = [
  " created group",
  " created this group",
  " added ",
  " removed ",
  " left",
  " joined using",
  " was added",
  " changed ",
  " updated ",
  " turned on ",
  " turned off ",
  " pinned a message",
  " requested to join",
  " deleted this group",
  " создал",
  " добавил",
  " добавлен",
  " удалил",
  " покинул",
  " вышел",
  " вышла",
  " присоединил",
  " изменил",
  " обновил",
  " включил",
  " отключил",
  " закрепил",
  " сменил",
];
