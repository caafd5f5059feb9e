/** The words of what stands below a story in many pages, and of what calls its readers to follow wherever that stands. */

const line = (...words: string[]) => new RegExp(`^(?:${words.join('|')})$`, 'iu')

/** Below all of the text. */
export const closings = line(
  // What readers say.
  '(?:\\d+ )?comments?(?: \\(\\d+\\))?',
  '(?:post|leave|add|write) (?:a |new )?comment',
  'no comments(?: yet)?|comments (?:are )?(?:closed|off)\\.?|be the first to comment\\.?',
  '\\d+ (?:thoughts?|responses?|replies) (?:on|to) [“"«„‘].{1,150}',
  '(?:please )?enable javascript to view the comments\\b.{0,60}|(?:blog )?comments powered by.{0,20}',
  'log ?in or subscribe to participate\\.?|you must be logged in to (?:post|leave|add) a comment\\.?',
  '(?:laisser|poster|ajouter) un commentaire|deja un comentario|deixe um comentário|lascia un commento|yorum (?:yap|yaz|bırak)\\p{L}*|kommentar(?: schreiben|e \\(\\d+\\))|оставить комментарий',
  // Whose it is.
  '(?:copyright )?[©ⓒ].{0,40}\\b\\d{4}\\b.{0,150}',
  'copyright [©ⓒ] ?.{1,80}\\ball rights reserved\\.?',
  '(?:the[- ]?cnn[- ]?wire )?™ ?(?:&|and) ?© ?\\d{4}\\b.{0,150}',
  '[©ⓒ]? ?(?:all rights reserved|riproduzione riservata|tous droits réservés|alle rechte vorbehalten|todos los derechos reservados|todos os direitos reservados|alle rechten voorbehouden|tüm hakları saklıdır|все права защищены)\\.?',
  '\\(?end\\)?',
  '(?:(?:e-?mail|twitter|x|contact): ?)?(?:[\\w.+-]+@[\\w-]+\\.[\\w.-]+|@\\w{2,30})(?: ?\\(end\\))?',
  // What they are asked for.
  '(?:edit|improve) this (?:page|article|post)(?: (?:on|in) \\w+)?|edit on \\w+|suggest (?:an edit|(?:an )?improvement|changes?)',
  'report (?:an issue|a (?:bug|mistake|typo|problem))(?: (?:with|on|in|about) this (?:page|article|post|story|site))?\\.?|reply (?:via|by) e-?mail|webmentions?',
  '(?:↑ ?)?(?:back|go) (?:to )?(?:the )?top(?: ?↑)?',
)

/** The beginnings of these may be what somebody says in the story. */
export const requests = line(
  'your e-?mail address will not be published\\b.{0,80}',
  'copyright (?:(?:©|ⓒ|\\(c\\)) ?)?\\d{4}\\b.{0,150}\\brights reserved\\b.{0,150}',
  '(?:.{0,100}[.?!:,–-] )?(?:(?:please|or|also|just|you can) )*(?:send us your|e-?mail us)\\b.{0,100}',
  '.{0,100}\\b(?:(?:send us your|e-?mail us)\\b.{0,80}@|using the form below).{0,100}',
  'discover more from .{1,80}|type your email…?',
  '(?:sign up|subscribe) and stay .{1,100}',
  'subscribe (?:now )?to (?:get|keep|receive|continue) .{1,150}',
  '(?:was|is) this (?:page|article|post|answer|doc(?:ument)?)? ?(?:helpful|useful)\\?.{0,40}|did you find this .{1,30}(?:helpful|useful)\\?.{0,40}|yes no',
  '(?:glad|sorry) to hear (?:it|that)[!.] please .{0,120}',
  'rate this (?:post|article|page)(?:(?: ?[^\\p{L}\\s,]| (?:average|click|total|votes?|your)\\b).{0,60})?',
  // Notices of cookies whose box has no name, and of what looks through comments.
  'we use cookies (?:to|and|on (?:this|our)|in order)\\b.{0,250}',
  '(?:this|our) (?:web)?site uses cookies(?:(?:[.!,:;–-]| (?:and|as|by|for|from|in|so|that|to|which)\\b).{0,250})?',
  'this site uses akismet\\b.{0,150}',
  '(?:diese|unsere) (?:web)?(?:site|seite) (?:verwendet|nutzt|benutzt) cookies(?!\\p{L}).{0,250}|wir (?:verwenden|nutzen) cookies(?!\\p{L}).{0,250}',
  '(?:nous utilisons des|ce site utilise des|utilizamos|este sitio (?:web )?(?:utiliza|usa)|este site (?:utiliza|usa)|questo sito (?:utilizza|usa)|wij gebruiken|deze (?:web)?site gebruikt) cookies(?!\\p{L}).{0,250}',
)

/** A site's name behind it begins with capitals. */
export const appeared =
  /^The post .{1,200} appeared first on (?:\p{Lu}\S*(?: (?:of|the|and|&))* ?){1,6}$/u

/** Below the text, with a link in them. */
export const calls = line(
  'the post .{1,200} (?:first )?appeared (?:first )?on .{1,80}',
  'subscribe to .{1,300}',
  '(?:follow|like|find|join) .{1,80} on (?:bluesky|facebook|google news|instagram|telegram|twitter|whatsapp|x|youtube)\\b.{0,120}',
  'if you (?:enjoyed|liked?|found) (?:this|it|our|what|the (?:post|article|story)).{0,80}\\b(?:subscrib|follow|shar|sign up|support|newsletter|coffee).{0,200}',
  '(?:mehr|weitere) (?:artikel|nachrichten|themen)(?!\\p{L}).{0,60}: ?.{1,100}',
  '(?:more|(?:view|see|read) (?:all|more)) .{1,40} ?[»›→]',
  'powered by .{1,30}',
)

const keywordsWord =
  '(?:tags?|tagged(?: (?:with|as|in))?|labels?|schlag(?:wörter|worte)|stich(?:wörter|worte)|mots[- ]clés|étiquettes|etiquetas|palabras clave|palavras-chave|etichette|parole chiave|trefwoorden|etiket(?:ler)?|теги|метки|tagovi|oznake|الوسوم|كلمات (?:دلالية|مفتاحية)|برچسب(?:‌ها|ها)?)'

/** What it is filed under, below the text: no sentence. */
export const keywords = line(`${keywordsWord} ?: (?!.*[.!?]$).{1,200}`)

/** The same without a colon, of which most is links. */
export const linkedKeywords = line(`${keywordsWord}(?!\\p{L}).{1,250}`)

const neighbourWord =
  '(?:previous|prev|next|older|newer|vorherige[rs]?|nächste[rs]?|précédente?|suivante?|anterior|siguiente|próxim[oa]|seguinte|precedente|successiv[oa]|prossim[oa]|vorige|volgende?|önceki|sonraki|предыдущ\\p{L}+|следующ\\p{L}+|السابق|التالي)'
const pageWord =
  '(?:posts?|articles?|stor(?:y|ies)|entr(?:y|ies)|pages?|chapter|beitr[aä]ge?|artikel|entradas?|artículos?|artigos?|articolo|bericht|yazı|haber|стат\\p{L}+|запис\\p{L}+)'

/** Most of these is links: to the posts before and after, below the text. */
export const neighbours = line(
  `[«←‹<\\s]*(?:${pageWord} )?${neighbourWord}(?: ${pageWord})?\\s?(?:[:»→›>|].{0,250})?`,
)

/** What stands above the life of who wrote. */
export const aboutAuthor = line(
  'about (?:the )?authors?',
  'über (?:den autor|die autorin|die autor(?:inn)?en)|zu[rm] (?:autor|autorin)|ein beitrag von:?',
  "à propos de (?:l[’']auteure?|l[’']autrice)|(?:sobre|acerca de) (?:el |la |o |a )?autora?",
  "l[’']autore|over de auteur|yazar hakkında|об авторе",
)

/** Below it: how the site earns, and what it asks for it, as sentences. */
export const notices = line(
  'thanks for reading .{1,80}[!.] ?(?:subscribe|this post is public|feel free to share).{0,200}',
  '.{1,80} is a reader-supported publication\\. ?(?:to (?:receive|support)|subscribe|consider|become|please).{0,250}',
  '(?:we are|i am|.{1,60} is) a participant in the amazon .{0,40}\\b(?:associates|affiliate) program\\b.{0,250}',
  '(?=.*(?<!\\p{L})(?:we|i|our|you)(?!\\p{L}))(?:[^.:!]{1,40}[.:!] ?)?(?:(?:this (?:post|article|page|site|story)|some(?: of the)? links(?: (?:in|on) .{1,40})?|links? (?:in|on) this .{1,40}) (?:may |might )?(?:contains?|includes?|are) (?:some )?affiliate links?|as an amazon associate,? (?:i|we) )(?!\\p{L}).{0,250}',
)

/** Where channels are, which readers are asked to join. */
export const channelHosts =
  /^(?:https?:)?\/\/(?:www\.)?(?:(?:chat\.|api\.)?whatsapp\.com|wa\.me|t\.me|telegram\.(?:me|org|dog)|(?:invite|chats)\.viber\.com|news\.google\.com|google\.com\/preferences|flipboard\.com|discord\.(?:gg|com\/invite))(?:[/?#]|$)/i

/** What asks for it, in the languages of the house and some more: whole words, as news begins with others of the same root. */
export const asksToJoin = new RegExp(
  `^[^\\p{L}]*(?:please |also |now )?(?:${[
    "join|follow|subscribe|click|tap|stay (?:informed|connected|tuned)|don[’']t miss|get (?:the latest|all|our)",
    'rejoignez|suivez|abonnez|cliquez|recevez',
    'folgen? (?:sie)?|folgt|abonnieren?(?: sie)?|jetzt (?:folgen|abonnieren|beitreten)|hier klicken',
    'únete|uníos|síguenos|sigue|suscríbete|súmate|recibe|haz clic|haga clic',
    'siga|siga-nos|entre|inscreva-se|participe|junte-se|receba|clique|acompanhe',
    'iscriviti|segui|seguici|unisciti|clicca|ricevi',
    'volg|word (?:lid|abonnee)|meld je|klik|abonneer',
    'подписывайтесь|подпишитесь|присоединяйтесь|присоединитесь|следите|вступайте',
    'انضم(?:وا)?|تابعونا|تابعنا|اشترك(?:وا)?',
    'jiunge|tufuate|tufuatilie|ku biyo|ku shiga|pratite|pridružite|zapratite|bashkohuni|na ndiqni|ndiqni',
    'следете|последвайте|придружете|присъединете|абонирайте|зачленете',
    'dołącz|obserwuj|följ|følg|ikuti|gabung|seuraa',
  ].join(
    '|',
  )})(?!\\p{L})|(?:katılın|takip edin|abone olun|tıklayın|بپیوندید|دنبال کنید)[.!]?$|(?:フォロー|登録|구독|팔로우|关注|訂閱)`,
  'iu',
)

/** Whose channel it is: without such a word the sentence may tell of anybody's. In scripts without blanks nothing tells. */
export const ofOurs =
  /(?<!\p{L})(?:us|our|nous|notre|nos|uns|unser\p{L}{0,2}|nuestr[oa]s?|noss[oa]s?|noi|ci|nostr[oa]|ons|onze|bizi|нас|нам|наш\p{L}{0,3}|ни|не|нè|nasi|yetu|mu|nas|nam|naš\p{L}{0,3}|na|tona?|oss|os|vår\p{L}?|kami|meitä|ما)(?!\p{L})|(?:síguenos|seguici|siga-nos|junte-se a nós|tufuat\p{L}+)|\p{L}(?:[ıiuü]m[ıiuü]z\p{L}{0,3}|نا)(?!\p{L})|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}]/iu
