import { counted } from './counted.ts'
import type { Words } from './en.ts'

/** Spanish. */
export const es: Words = {
  skip: 'Ir al contenido',
  search: 'Buscar',
  searchArticles: 'Buscar en los artículos',
  whatToSearch: 'Qué buscar',
  subscribe: 'Suscribirse',
  all: 'Todas',
  allFeeds: 'Todos los canales (OPML)',
  about: 'Acerca de {name}',
  pages: 'Páginas',
  page: 'Página {page}',
  newer: 'Más recientes',
  older: 'Más antiguos',
  back: 'Atrás',
  more: 'Más',

  kinds: {
    section: {
      one: 'Sección',
      many: 'Secciones',
      all: 'Todas las secciones',
      allOf: 'Todas las secciones de {name}, cada una con sus canales.',
    },
    tag: {
      one: 'Etiqueta',
      many: 'Etiquetas',
      all: 'Todas las etiquetas',
      allOf: 'Todas las etiquetas de {name}, cada una con sus canales.',
    },
    author: {
      one: 'Autor',
      many: 'Autores',
      all: 'Todos los autores',
      allOf: 'Todos los autores de {name}, cada uno con sus canales.',
    },
  },
  newest: {
    site: 'Los artículos más recientes de {publisher}',
    section: 'Los artículos más recientes de {publisher} en la sección {name}',
    tag: 'Los artículos más recientes de {publisher} sobre {name}',
    author: 'Los artículos más recientes de {name} en {publisher}',
    search: 'Los artículos más recientes de {publisher} para la búsqueda {name}',
  },
  feedsOf: 'Canales de {name}',
  feeds: 'Canales',
  none: 'Todavía no hay ninguno.',
  subscribeTo: 'Suscribirse: {name}',
  emptyChannel: 'Aquí no hay nada por ahora. Los artículos nuevos aparecerán aquí y en su [canal].',

  openIn: 'Abrir en',
  appHere: 'una aplicación de este dispositivo',
  copy: 'Copiar',
  copied: 'Copiada',
  pressKeys: 'Pulse Ctrl+C',
  addressCopied: 'Se copió la dirección.',
  addressSelected: 'La dirección está seleccionada.',
  copyAddress: 'Copiar la dirección {format}',
  copyAddressOf: 'Copiar la dirección {format} de {name}',

  minutes: counted({
    one: '{n} min de lectura',
    many: '{n} min de lectura',
    other: '{n} min de lectura',
  }),
  updated: 'actualizado el',
  image: 'Imagen',
  recording: 'Grabación',
  video: 'Vídeo',
  table: 'Tabla',
  watch: 'Ver la película',
  listen: 'Escuchar este artículo',
  moreTags: counted({
    one: '{n} etiqueta más',
    many: '{n} etiquetas más',
    other: '{n} etiquetas más',
  }),
  moreIn: 'Más en [{name}]',

  emptyTitle: 'Todavía no se ha publicado nada',
  emptyFront:
    'El primer artículo estará aquí en cuanto se publique. Quien [se suscriba] hoy no se lo perderá.',
  emptyOwner:
    '¿Este sitio es suyo? Ponga un artículo en su carpeta de artículos, como archivo Markdown, Word, HTML o de texto: un momento después estará aquí.',
  frontFeeds:
    'Los artículos nuevos llegan solos a su lector de canales. Sin cuenta, sin correo electrónico, sin rastreo.',
  chooseFeed: 'Elegir un canal',

  feedTitle: '{name}: canal',
  feedKicker: 'Canal {format}',
  archiveKicker: 'Canal {format}, archivo {archive}',
  thisIsFeed: 'Esto es un canal: suscríbase',
  giveAddress:
    'Dé esta dirección a un lector de canales y los artículos nuevos le llegarán solos. [¿Qué es un canal?]',
  copyThis: 'Copiar la dirección de este canal',
  sameAs: 'Lo mismo está en {others}, y como [página para leer].',
  inThisFeed: 'En este canal',
  nothingYet: 'Todavía nada. Quien se suscriba hoy no se perderá el primer artículo.',
  andMore: counted({ one: 'Y {n} más.', many: 'Y {n} más.', other: 'Y {n} más.' }),

  searchTitle: '{words}: búsqueda',
  nothingFound: 'Por ahora no se ha encontrado nada.',
  found: counted({
    one: 'Se encontró un artículo.',
    many: 'Se encontraron {n} artículos.',
    other: 'Se encontraron {n} artículos.',
  }),
  newestFound: counted({
    one: 'El más reciente de los artículos encontrados.',
    many: 'Los {n} más recientes de los artículos encontrados.',
    other: 'Los {n} más recientes de los artículos encontrados.',
  }),
  subscribeToSearch: 'Suscribirse a esta búsqueda',
  subscribeToYours: 'Suscribirse a su canal',
  willCome: 'Todo lo que se publique desde ahora y corresponda llegará a su lector.',
  howToSearch: 'Cómo buscar',
  example: { first: 'puerto', second: 'ferri', phrase: 'puerto viejo' },
  help: {
    both: 'artículos con ambas palabras',
    phrase: 'con estas palabras una tras otra',
    without: 'sin la segunda palabra',
    filed: 'de esta sección, etiqueta o autor; {example} encuentra cualquiera de las dos',
    dated: 'publicados en este tiempo',
  },
  searchFaults: {
    tooLong: 'Una búsqueda tiene como máximo {most} caracteres.',
    openPhrase: 'A la frase del carácter {at} le faltan las comillas de cierre.',
    tooMany: 'Una búsqueda tiene como máximo {most} términos.',
    excludedDate: 'Una fecha no puede excluirse (carácter {at}).',
    nothingWanted: 'Una búsqueda necesita al menos una palabra, frase, sección, etiqueta o autor.',
    noLetter: 'En el término del carácter {at} no hay letras ni cifras.',
    unknownField: 'No existe el campo «{field}:» (carácter {at}); existen {known}.',
    noName: 'Falta un nombre después de {field}: (carácter {at}).',
    noDate: '«{value}» (carácter {at}) no es una fecha como 2024, 2024-05 o 2024-05-31.',
  },

  subscribeDek:
    'Reciba los artículos nuevos de {name} en el lector que prefiera. Sin cuenta, sin correo electrónico, sin rastreo.',
  subscribeAbout:
    'Canales de {name}: el sitio entero, secciones, etiquetas, autores o su propia selección.',
  everything: 'Todo',
  copyIntoReader:
    'O copie una de estas direcciones en su lector. Elija la que elija, los artículos son los mismos.',
  choose: 'O elija lo que quiera',
  chooseHow:
    'Artículos de cualquiera de las secciones marcadas, con cualquiera de las etiquetas y con todas las palabras, en un solo canal.',
  words: 'Palabras',
  showFeed: 'Mostrar mi canal',
  yourFeed: 'Su canal',
  readOnPage: 'Leer estos artículos en una página',
  nothingChosen:
    'No se eligió nada: marque una sección o una etiqueta, o escriba algunas palabras.',
  atOnce: 'Todos a la vez',
  opml: '[{file}] enumera todos los canales de este sitio. La mayoría de los lectores pueden importarlo.',
  whatIsFeed: '¿Qué es un canal?',
  feedExplained: [
    'Un canal (en inglés, feed) es una dirección en la que un sitio enumera sus artículos más recientes en una forma que los programas entienden. Un lector de canales mira allí por usted una y otra vez y le muestra lo nuevo: de este sitio y de todos los que siga, en un solo lugar y en el orden en que salió.',
    'Nadie decide por usted lo que ve, nadie se entera de que lo lee, y para irse basta con quitar la dirección de su lector. Los lectores son sitios como los nombrados arriba, o aplicaciones de su teléfono u ordenador: {apps} y muchas otras.',
    'RSS, Atom y JSON Feed son tres maneras de escribir la misma lista. Todos los lectores conocen RSS.',
  ],

  error: 'Error {status}',
  goElsewhere: 'Vaya a la [portada], o busque lo que quería ver:',
  errors: {
    400: { title: 'Esto no se entendió', detail: 'Esta petición no se puede entender.' },
    404: {
      title: 'Aquí no hay nada',
      detail: 'Puede que la dirección esté mal escrita, o que su página nunca existiera.',
    },
    410: { title: 'Esto ya no existe', detail: 'Este artículo fue retirado.' },
    412: { title: 'Esto ha cambiado', detail: 'Lo que hay aquí no es lo que la petición conoce.' },
    414: {
      title: 'Esta dirección es demasiado larga',
      detail: 'Ninguna página tiene una dirección tan larga.',
    },
    429: {
      title: 'Esto se pidió demasiadas veces',
      detail: 'Vuelva a intentarlo dentro de un rato.',
    },
    500: { title: 'Algo salió mal', detail: 'Aquí algo salió mal; ha quedado registrado.' },
    503: {
      title: 'No por el momento',
      detail: 'Ahora no es posible responder. Vuelva a intentarlo en unos segundos.',
    },
  },
  otherError: { title: 'Esto no es posible', detail: 'No se puede responder a esta petición.' },
}
