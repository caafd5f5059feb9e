/** The words of what stands around a story in many pages, whatever the page has them in. */

/** Buttons, and headings of boxes that are gone, wherever they stand; of a heading they are the words. */
export const buttons = new RegExp(
  `^(?:${[
    '[-–—*\\s]*(?:advert(?:isement)?s?|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|advertentie|reklama?|iklan|реклама|إعلان)[-–—:*\\s]*|[\\[［【]pr[\\]］】]',
    'caption|close|print|printer-friendly version|loading(?: content)? ?(?:\\.\\.\\.|…)|tweets by @?\\w+|share|tweet|facebook|twitter|trending|enlarge image',
    '(?:leave|post|write) a comment|share (?:this|with)(?: (?:article|page|post|story|friends))?:?',
    '(?:continue|keep) reading(?: below| the main story)?|(?:story|article) continues (?:below|after).{0,60}',
    '(?:slideshow|gallery|diashow|bildstrecke) ?\\( ?\\d+ \\p{L}+ ?\\)|(?:image|photo|slide|picture) \\d+ (?:of|\\/)[\\s/]*\\d*',
    '(?:mp[34]\\s?){1,3}|now playing:? watch this:? .{1,200}|-\\d{1,2}:\\d{2}|\\d{1,2}:\\d{2} ?\\/ ?\\d{1,2}:\\d{2}',
    '(?:recent|latest|related|popular|trending|more|other) (?:articles?|news|posts|stories)|(?:popular|trending|most (?:read|popular|viewed))(?: this week| today| now)?|czytaj (?:więcej|także|też)|네트워크 ?광고',
    // Read aloud, and in which size.
    "listen to (?:this )?(?:article|story)|artikel (?:an)?hören|écouter (?:cet |l[’']\\s?)article|escuchar (?:este |el )?artículo|ouvir (?:esta |a )?(?:notícia|matéria)|ascolta (?:questo |l[’']\\s?)articolo|beluister dit artikel|haberi dinle",
    '(?:text|font) size:?|schriftgröße:?|taille du texte|tamaño del? (?:texto|letra)|yazı boyutu',
  ].join('|')})$`,
  'iu',
)

/** Of those what a heading says, too. */
export const buttonHeadings =
  /^(?:share (?:this|with)(?: (?:article|page|post|story|friends))?:?|(?:story|article) continues (?:below|after).{0,60}|advertisement)$/i

/** Of these most is a link. */
export const offers =
  /^(?:[←‹«] ?(?:back|home|zurück|retour|volver|voltar|indietro|terug|geri)\b.{0,30}|back to (?:the )?(?:blog|home|posts|articles|all .{1,20})|click here to (?:get the .{1,60} app|sign up|subscribe)\b.{0,80}|.{0,80}\bby clicking here[.!]?|(?:subscribe|sign up) .{1,200}|follow (?:us|me|@?\w+) on .{1,120}|download (?:the|our) .{1,80}app\b.{0,60}|filed under:? .{1,100})$/i

export const wordsOfSkips =
  /^continue reading\b|\b(?:skip|überspringen|passer|saltar|salta)\b|přeskočit|přejít|hoppa över|hopp over|spring over/i

/** In what is a link as a whole. */
export const subscription =
  /(?<!\p{L})(?:subscri|newsletter|abonn|abone(?!\p{L}{0,2}t)|suscri|sottoscri|abbona|assine|подпис|prenumer)/iu

/** What stands before a link to another story. */
export const beforeLink =
  /^[[(>»\s]*(?:(?:(?:also )?(?:read|see)|watch|more|related|recommended|must read|listen|video|leggi|lire|lesen|lees|lea|leia|mehr|baca|siehe auch|les også|læs også|läs (?:också|även|mer)|lue myös|czytaj (?:więcej|także|też)|čtěte také|lee también|devamı|ayrıca|читайте|смотрите) ?[:>»|]|(?:also read|read (?:also|more|next)|see (?:also|more)|also on|you (?:may|might) (?:also )?like|don['’]?t miss|learn more|read on .{1,40}:|(?:[àa] )?lire (?:aussi|également)|leggi anche|lesen sie|lees ook|lea también|leia também|baca juga|ayrıca okuyun|читайте также|смотрите также)(?![\p{L}\p{M}]))/iu

/** Among its paragraphs they stand before what the story is about, too. */
export const beforeAnyLink = /^[[(>»\s]*(?:see|watch|more|listen|video|mehr|смотрите) ?[:>»|]/iu

/** What stands above lists of other stories. */
export const aboveLinks =
  /^(?:(?:more|other|related|recent|latest|popular|trending|recommended|top) (?:articles?|content|coverage|headlines|links|news|posts?|reading|stories|topics|videos)|(?:more|news) (?:from|on|about) .{1,60}|related|recommended|read (?:more|also|next)|(?:.{1,20}\? )?you (?:may|might) (?:also )?(?:like|be interested in).{0,20}|don['’]?t miss|most (?:read|popular|viewed)|trending(?: now)?)\s?:?$/i

/** The same in lists that stand among the paragraphs, in words that head nothing else. */
const onlyAboveOthers =
  /^(?:read more (?:in|on|about|from) .{1,30}|related (?:articles?|content|coverage|news|posts?|stories|topics|videos)|recommended (?:articles|posts|stories|videos)|(?:articles|contenus) (?:liés|associés)|(?:auch|ebenfalls) interessant|lesen sie (?:auch|mehr)(?: zum thema)?|lies auch|mehr (?:zum|zu diesem) thema\b.{0,40}|das könnte (?:sie|dich) (?:auch )?interessieren|weitere (?:artikel|meldungen|nachrichten)|(?:à )?lire (?:aussi|également)|sur le même (?:sujet|thème)|vous aimerez aussi|le[ea] (?:también|más)|te puede interesar|(?:noticias?|notas?) relacionadas?|most (?:read|popular|viewed) in .{1,30}|leggi anche|(?:ti )?potrebbe interessarti(?: anche)?|articoli correlati|lees ook|meer over dit onderwerp|leia (?:também|mais)|(?:saiba|veja) (?:mais|também)|notícias relacionadas|(?:les|læs) (?:også|mer)|läs (?:också|även|mer)|lue myös|(?:czytaj|zobacz|przeczytaj) (?:też|także|również)|čtěte také|ilgili haberler|baca juga|(?:читайте|смотрите) также|関連(?:記事|ニュース)|あわせて読みたい|(?:相关|推荐|延伸)(?:阅读|新闻)|관련 ?(?:기사|뉴스)|اقرأ أيضا)\s?[:：]?$/iu

/** Whether a line heads links to other stories, and nothing else. */
export const isOnlyAboveOthers = (text: string) => onlyAboveOthers.test(text)

/** What the way to a page begins with, where that has no name. */
export const wayFromHome =
  /^(?:home|homepage|start(?:seite)?|accueil|inicio|início|ana ?sayfa|главная|почетна|početna|الرئيسية|خانه)(?: ?[»›>/|·→] ?.{1,200})?$/iu

/** What can be done with a story, in lists of such things. */
const tool =
  /^(?:[\d.,]+ )?(?:(?:share|print|save|e-?mail|post|like|recommend|send|download|bookmark|add|copy|listen|comments?|views?|shares?|likes?|tweets?|reddit|facebook|twitter|linkedin|whatsapp|telegram|pinterest|instapaper|pocket|tumblr|flipboard|google|stumbleupon|digg|delicious|buffer|rss|pdf|info|drucken|teilen|mitteilen|twittern|pinnen|kommentare?|merken|imprimer|partager|commentaires?|imprimir|compartir|compartilhar|comentarios?|stampa|condividi)\b(?: (?:this|it|on|to|by|as|via|a|the|article|link|page|post|story|email|e-mail|blog|friend|business|exchange|facebook|twitter|linkedin|whatsapp|print)\b)*|\d+ min(?:ute)?s?(?: read)?|loading(?:\.\.\.|…)?)(?: ?\(?\d+\)?)?$/i

export const isTool = (text: string) => text.length <= 60 && tool.test(text)
