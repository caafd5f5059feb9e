import { counted } from './counted.ts'
import type { Words } from './en.ts'

/** French. */
export const fr: Words = {
  skip: 'Aller au contenu',
  search: 'Rechercher',
  searchArticles: 'Rechercher dans les articles',
  whatToSearch: 'Mots à rechercher',
  subscribe: 'S’abonner',
  all: 'Toutes',
  allFeeds: 'Tous les flux (OPML)',
  about: 'À propos de {name}',
  pages: 'Pages',
  page: 'Page {page}',
  newer: 'Plus récents',
  older: 'Plus anciens',
  back: 'Retour',
  more: 'Suite',

  kinds: {
    section: {
      one: 'Rubrique',
      many: 'Rubriques',
      all: 'Toutes les rubriques',
      allOf: 'Toutes les rubriques de {name}, chacune avec ses flux.',
    },
    tag: {
      one: 'Mot-clé',
      many: 'Mots-clés',
      all: 'Tous les mots-clés',
      allOf: 'Tous les mots-clés de {name}, chacun avec ses flux.',
    },
    author: {
      one: 'Auteur',
      many: 'Auteurs',
      all: 'Tous les auteurs',
      allOf: 'Tous les auteurs de {name}, chacun avec ses flux.',
    },
  },
  newest: {
    site: 'Les derniers articles de {publisher}',
    section: 'Les derniers articles de {publisher} dans la rubrique {name}',
    tag: 'Les derniers articles de {publisher} sur le sujet {name}',
    author: 'Les derniers articles de {publisher} signés {name}',
    search: 'Les derniers articles de {publisher} pour la recherche {name}',
  },
  feedsOf: 'Flux de {name}',
  feeds: 'Flux',
  none: 'Il n’y en a pas encore.',
  subscribeTo: 'S’abonner : {name}',
  emptyChannel:
    'Il n’y a rien ici pour le moment. Les nouveaux articles paraîtront ici et dans le [flux].',

  openIn: 'Ouvrir dans',
  appHere: 'une application de cet appareil',
  copy: 'Copier',
  copied: 'Copiée',
  pressKeys: 'Tapez Ctrl+C',
  addressCopied: 'L’adresse a été copiée.',
  addressSelected: 'L’adresse est sélectionnée.',
  copyAddress: 'Copier l’adresse {format}',
  copyAddressOf: 'Copier l’adresse {format} de {name}',

  minutes: counted({
    one: '{n} min de lecture',
    many: '{n} min de lecture',
    other: '{n} min de lecture',
  }),
  updated: 'mis à jour le',
  image: 'Image',
  recording: 'Enregistrement',
  video: 'Vidéo',
  table: 'Tableau',
  watch: 'Regarder le film',
  listen: 'Écouter cet article',
  moreTags: counted({
    one: '{n} autre mot-clé',
    many: '{n} autres mots-clés',
    other: '{n} autres mots-clés',
  }),
  moreIn: 'À lire aussi dans [{name}]',

  emptyTitle: 'Rien n’a encore été publié',
  emptyFront:
    'Le premier article sera ici dès sa parution. En vous [abonnant] aujourd’hui, vous ne le manquerez pas.',
  emptyOwner:
    'Ce site est le vôtre ? Mettez un article dans son dossier d’articles, en fichier Markdown, Word, HTML ou texte : l’instant d’après, il est ici.',
  frontFeeds:
    'Les nouveaux articles arrivent d’eux-mêmes dans votre lecteur de flux. Sans compte, sans adresse électronique, sans pistage.',
  chooseFeed: 'Choisir un flux',

  feedTitle: '{name} : flux',
  feedKicker: 'Flux {format}',
  archiveKicker: 'Flux {format}, archive {archive}',
  thisIsFeed: 'Ceci est un flux : abonnez-vous',
  giveAddress:
    'Donnez cette adresse à un lecteur de flux, et les nouveaux articles viendront à vous. [Qu’est-ce qu’un flux ?]',
  copyThis: 'Copier l’adresse de ce flux',
  sameAs: 'La même chose existe en {others}, et sous forme de [page à lire].',
  inThisFeed: 'Dans ce flux',
  nothingYet:
    'Rien encore. En vous abonnant aujourd’hui, vous ne manquerez pas le premier article.',
  andMore: counted({
    one: 'Et {n} autre.',
    many: 'Et {n} autres.',
    other: 'Et {n} autres.',
  }),

  searchTitle: '{words} : recherche',
  nothingFound: 'Rien n’a été trouvé pour l’instant.',
  found: counted({
    one: '{n} article a été trouvé.',
    many: '{n} articles ont été trouvés.',
    other: '{n} articles ont été trouvés.',
  }),
  newestFound: counted({
    one: 'Le plus récent des articles trouvés.',
    many: 'Les {n} plus récents des articles trouvés.',
    other: 'Les {n} plus récents des articles trouvés.',
  }),
  subscribeToSearch: 'S’abonner à cette recherche',
  subscribeToYours: 'S’abonner à votre flux',
  willCome: 'Tout ce qui paraîtra désormais et y répond arrivera dans votre lecteur.',
  howToSearch: 'Comment rechercher',
  example: { first: 'port', second: 'bac', phrase: 'vieux port' },
  help: {
    both: 'les articles avec les deux mots',
    phrase: 'avec ces mots l’un après l’autre',
    without: 'sans le second mot',
    filed: 'de cette rubrique, de ce mot-clé ou de cet auteur ; {example} trouve l’une ou l’autre',
    dated: 'parus dans cette période',
  },
  searchFaults: {
    tooLong: 'Une recherche compte au plus {most} caractères.',
    openPhrase: 'Il manque le guillemet fermant de l’expression au caractère {at}.',
    tooMany: 'Une recherche compte au plus {most} termes.',
    excludedDate: 'Une date ne peut pas être exclue (caractère {at}).',
    nothingWanted:
      'Une recherche demande au moins un mot, une expression, une rubrique, un mot-clé ou un auteur.',
    noLetter: 'Le terme au caractère {at} n’a ni lettre ni chiffre.',
    unknownField: 'Il n’y a pas de champ « {field}: » (caractère {at}) ; il y a {known}.',
    noName: 'Il manque un nom après {field}: (caractère {at}).',
    noDate: '« {value} » (caractère {at}) n’est pas une date comme 2024, 2024-05 ou 2024-05-31.',
  },

  subscribeDek:
    'Recevez les nouveaux articles de {name} dans le lecteur de votre choix. Sans compte, sans adresse électronique, sans pistage.',
  subscribeAbout:
    'Les flux de {name} : le site entier, les rubriques, les mots-clés, les auteurs, ou votre propre choix.',
  everything: 'Tout',
  copyIntoReader:
    'Ou copiez l’une de ces adresses dans votre lecteur. Les articles sont les mêmes partout.',
  choose: 'Ou choisissez ce que vous voulez',
  chooseHow:
    'Les articles de l’une des rubriques cochées, avec l’un des mots-clés et avec tous les mots, en un seul flux.',
  words: 'Mots',
  showFeed: 'Montrer mon flux',
  yourFeed: 'Votre flux',
  readOnPage: 'Lire ces articles sur une page',
  nothingChosen:
    'Rien n’a été choisi : cochez une rubrique ou un mot-clé, ou écrivez quelques mots.',
  atOnce: 'Tous à la fois',
  opml: '[{file}] énumère tous les flux de ce site. La plupart des lecteurs savent l’importer.',
  whatIsFeed: 'Qu’est-ce qu’un flux ?',
  feedExplained: [
    'Un flux est une adresse où un site énumère ses derniers articles sous une forme que les programmes comprennent. Un lecteur de flux y regarde pour vous, encore et encore, et vous montre ce qui est nouveau : sur ce site et sur tous ceux que vous suivez, en un seul endroit, dans l’ordre de parution.',
    'Personne ne décide pour vous de ce que vous voyez, personne n’apprend que vous le lisez, et vous partez en retirant l’adresse de votre lecteur. Les lecteurs sont des sites comme ceux nommés plus haut, ou des applications de votre téléphone ou ordinateur : {apps} et bien d’autres.',
    'RSS, Atom et JSON Feed sont trois façons d’écrire la même liste. Tous les lecteurs connaissent RSS.',
  ],

  error: 'Erreur {status}',
  goElsewhere: 'Allez à la [page d’accueil], ou recherchez ce que vous vouliez voir :',
  errors: {
    400: { title: 'Cela n’a pas été compris', detail: 'Cette demande ne peut pas être comprise.' },
    404: {
      title: 'Il n’y a rien ici',
      detail: 'L’adresse est peut-être mal écrite, ou sa page n’a jamais existé.',
    },
    410: { title: 'Cela n’existe plus', detail: 'Cet article a été retiré.' },
    412: { title: 'Cela a changé', detail: 'Ce qui est ici n’est pas ce que la demande connaît.' },
    414: {
      title: 'Cette adresse est trop longue',
      detail: 'Aucune page n’a une adresse aussi longue.',
    },
    429: { title: 'Cela a été demandé trop souvent', detail: 'Réessayez dans un moment.' },
    500: { title: 'Une erreur s’est produite', detail: 'L’erreur a été consignée.' },
    503: {
      title: 'Pas pour le moment',
      detail: 'Aucune réponse n’est possible maintenant. Réessayez dans quelques secondes.',
    },
  },
  otherError: { title: 'Ce n’est pas possible', detail: 'Cette demande ne peut pas aboutir.' },
}
