import { counted } from './counted.ts'
import type { Words } from './en.ts'

/** German. */
export const de: Words = {
  skip: 'Zum Inhalt springen',
  search: 'Suchen',
  searchArticles: 'Artikel durchsuchen',
  whatToSearch: 'Wonach gesucht werden soll',
  subscribe: 'Abonnieren',
  all: 'Alle',
  allFeeds: 'Alle Feeds (OPML)',
  about: 'Über {name}',
  pages: 'Seiten',
  page: 'Seite {page}',
  newer: 'Neuere',
  older: 'Ältere',
  back: 'Zurück',
  more: 'Weitere',

  kinds: {
    section: {
      one: 'Ressort',
      many: 'Ressorts',
      all: 'Alle Ressorts',
      allOf: 'Alle Ressorts von {name}, jedes mit eigenen Feeds.',
    },
    tag: {
      one: 'Schlagwort',
      many: 'Schlagwörter',
      all: 'Alle Schlagwörter',
      allOf: 'Alle Schlagwörter von {name}, jedes mit eigenen Feeds.',
    },
    author: {
      one: 'Autorin oder Autor',
      many: 'Autorinnen und Autoren',
      all: 'Alle Autorinnen und Autoren',
      allOf: 'Alle Autorinnen und Autoren von {name}, jeweils mit eigenen Feeds.',
    },
  },
  newest: {
    site: 'Die neuesten Artikel von {publisher}',
    section: 'Die neuesten Artikel von {publisher} im Ressort {name}',
    tag: 'Die neuesten Artikel von {publisher} zum Thema {name}',
    author: 'Die neuesten Artikel von {name} bei {publisher}',
    search: 'Die neuesten Artikel von {publisher} zur Suche nach {name}',
  },
  feedsOf: 'Feeds von {name}',
  feeds: 'Feeds',
  none: 'Noch gibt es keine.',
  subscribeTo: '{name} abonnieren',
  emptyChannel: 'Zurzeit ist hier nichts. Neue Artikel erscheinen hier und im zugehörigen [Feed].',

  openIn: 'Öffnen in',
  appHere: 'einer App auf diesem Gerät',
  copy: 'Kopieren',
  copied: 'Kopiert',
  pressKeys: 'Strg+C drücken',
  addressCopied: 'Die Adresse wurde kopiert.',
  addressSelected: 'Die Adresse ist ausgewählt.',
  copyAddress: 'Adresse für {format} kopieren',
  copyAddressOf: 'Adresse von {name} für {format} kopieren',

  minutes: counted({ one: '{n} Min. Lesezeit', other: '{n} Min. Lesezeit' }),
  updated: 'aktualisiert',
  image: 'Bild',
  recording: 'Aufnahme',
  video: 'Video',
  table: 'Tabelle',
  watch: 'Film ansehen',
  listen: 'Diesen Artikel anhören',
  moreTags: counted({ one: '{n} weiteres Schlagwort', other: '{n} weitere Schlagwörter' }),
  moreIn: 'Mehr aus [{name}]',

  emptyTitle: 'Noch ist nichts erschienen',
  emptyFront:
    'Der erste Artikel steht hier, sobald er erscheint. Wer heute [abonniert], verpasst ihn nicht.',
  emptyOwner:
    'Ist das Ihre Website? Legen Sie einen Artikel in den Artikelordner, als Markdown-, Word-, HTML- oder Textdatei: Einen Augenblick später steht er hier.',
  frontFeeds:
    'Neue Artikel kommen von selbst in Ihren Feedreader. Ohne Konto, ohne E-Mail-Adresse, ohne Tracking.',
  chooseFeed: 'Feed auswählen',

  feedTitle: '{name}: Feed',
  feedKicker: 'Feed in {format}',
  archiveKicker: 'Feed in {format}, Archiv {archive}',
  thisIsFeed: 'Das ist ein Feed: abonnieren Sie ihn',
  giveAddress:
    'Geben Sie diese Adresse einem Feedreader, und neue Artikel kommen von selbst zu Ihnen. [Was ist ein Feed?]',
  copyThis: 'Adresse dieses Feeds kopieren',
  sameAs: 'Das Gleiche gibt es als {others} und als [Seite zum Lesen].',
  inThisFeed: 'In diesem Feed',
  nothingYet: 'Noch nichts. Wer heute abonniert, verpasst den ersten Artikel nicht.',
  andMore: counted({ one: 'Und {n} weiterer.', other: 'Und {n} weitere.' }),

  searchTitle: '{words}: Suche',
  nothingFound: 'Bisher wurde nichts gefunden.',
  found: counted({ one: 'Ein Artikel wurde gefunden.', other: '{n} Artikel wurden gefunden.' }),
  newestFound: counted({
    one: 'Der neueste gefundene Artikel.',
    other: 'Die neuesten {n} gefundenen Artikel.',
  }),
  subscribeToSearch: 'Diese Suche abonnieren',
  subscribeToYours: 'Ihren Feed abonnieren',
  willCome: 'Was von nun an erscheint und dazu passt, kommt in Ihren Reader.',
  howToSearch: 'So wird gesucht',
  example: { first: 'Hafen', second: 'Fähre', phrase: 'alter Hafen' },
  help: {
    both: 'Artikel mit beiden Wörtern',
    phrase: 'mit diesen Wörtern hintereinander',
    without: 'ohne das zweite Wort',
    filed: 'mit diesem Ressort, Schlagwort oder Namen; {example} findet beides',
    dated: 'in dieser Zeit erschienen',
  },
  searchFaults: {
    tooLong: 'Eine Suche hat höchstens {most} Zeichen.',
    openPhrase: 'Der Wortfolge an Zeichen {at} fehlt das schließende Anführungszeichen.',
    tooMany: 'Eine Suche hat höchstens {most} Begriffe.',
    excludedDate: 'Ein Datum kann nicht ausgeschlossen werden (an Zeichen {at}).',
    nothingWanted:
      'Eine Suche braucht mindestens ein Wort, eine Wortfolge, ein Ressort, ein Schlagwort oder einen Namen.',
    noLetter: 'Im Begriff an Zeichen {at} ist weder Buchstabe noch Ziffer.',
    unknownField: 'Ein Feld „{field}:“ gibt es nicht (an Zeichen {at}); bekannt sind {known}.',
    noName: 'Nach {field}: fehlt ein Name (an Zeichen {at}).',
    noDate: '„{value}“ (an Zeichen {at}) ist kein Datum wie 2024, 2024-05 oder 2024-05-31.',
  },

  subscribeDek:
    'Neue Artikel von {name} kommen zu Ihnen, in den Reader Ihrer Wahl. Ohne Konto, ohne E-Mail-Adresse, ohne Tracking.',
  subscribeAbout:
    'Feeds von {name}: alles, einzelne Ressorts, Schlagwörter, Autorinnen und Autoren oder Ihre eigene Auswahl.',
  everything: 'Alles',
  copyIntoReader:
    'Oder kopieren Sie eine dieser Adressen in Ihren Reader. Die Artikel sind überall dieselben.',
  choose: 'Oder wählen Sie aus',
  chooseHow:
    'Artikel aus einem der angekreuzten Ressorts, mit einem der Schlagwörter und mit allen Wörtern, als ein Feed.',
  words: 'Wörter',
  showFeed: 'Meinen Feed zeigen',
  yourFeed: 'Ihr Feed',
  readOnPage: 'Diese Artikel auf einer Seite lesen',
  nothingChosen:
    'Nichts ist ausgewählt: Kreuzen Sie ein Ressort oder Schlagwort an, oder schreiben Sie einige Wörter.',
  atOnce: 'Alle auf einmal',
  opml: '[{file}] führt alle Feeds dieser Website auf. Die meisten Reader können die Datei importieren.',
  whatIsFeed: 'Was ist ein Feed?',
  feedExplained: [
    'Ein Feed ist eine Adresse, unter der eine Website ihre neuesten Artikel aufführt, in einer Form, die Programme verstehen. Ein Feedreader sieht dort immer wieder für Sie nach und zeigt, was neu ist: von dieser Website und von allen anderen, denen Sie folgen, an einem Ort und in der Reihenfolge des Erscheinens.',
    'Niemand entscheidet für Sie, was Sie sehen, niemand erfährt, was Sie lesen, und zum Abbestellen nehmen Sie die Adresse aus Ihrem Reader. Reader sind Websites wie die oben genannten oder Apps auf Telefon oder Computer: {apps} und viele andere.',
    'RSS, Atom und JSON Feed sind drei Schreibweisen derselben Liste. RSS kennt jeder Reader.',
  ],

  error: 'Fehler {status}',
  goElsewhere: 'Gehen Sie zur [Startseite], oder suchen Sie, was Sie sehen wollten:',
  errors: {
    400: { title: 'Das wurde nicht verstanden', detail: 'Diese Anfrage ist nicht zu verstehen.' },
    404: {
      title: 'Hier ist nichts',
      detail: 'Vielleicht ist die Adresse falsch geschrieben, oder ihre Seite gab es nie.',
    },
    410: { title: 'Das gibt es nicht mehr', detail: 'Dieser Artikel wurde entfernt.' },
    412: { title: 'Das hat sich geändert', detail: 'Hier steht etwas anderes als erwartet.' },
    414: {
      title: 'Diese Adresse ist zu lang',
      detail: 'Keine Seite hat eine so lange Adresse.',
    },
    429: { title: 'Das wurde zu oft abgerufen', detail: 'Versuchen Sie es später noch einmal.' },
    500: { title: 'Etwas ging schief', detail: 'Hier ging etwas schief; es ist vermerkt.' },
    503: {
      title: 'Im Augenblick nicht',
      detail: 'Das geht gerade nicht. Versuchen Sie es in einigen Sekunden noch einmal.',
    },
  },
  otherError: {
    title: 'Das ist nicht möglich',
    detail: 'Diese Anfrage kann nicht beantwortet werden.',
  },
}
