/**
 * The words of TRT's page layout in the languages TRT publishes in: data, read by page-word-lists.ts. They
 * are furniture of the page, not of the story. Names of months are not here: those come from Intl.
 */

/** Lists of words and phrases, with ", " between them. */
export interface PageWords {
  /** Before the names of the authors. */
  readonly by: string
  /** Before the agencies at the foot, in capitals and with a colon. */
  readonly source: string
  /** Alone on a line, or before a headline of another story: of no interest here. */
  readonly related: string
  /** Alone on a line: what follows is other stories' headlines. */
  readonly explore: string
  /** At the end of a text that was cut, or with a colon before a headline of another story. */
  readonly more: string
  /** Alone on a line: what can be pressed. */
  readonly buttons: string
  /** In the reading-time line, beside the minutes. */
  readonly reading: string
  /** Before the credit of an image, with a colon. */
  readonly photo: string
  /** Before the date. */
  readonly published: string
  /** Before the date of the last change. */
  readonly updated: string
}

export const pageWords: Readonly<Record<string, PageWords>> = {
  en: {
    by: 'By',
    source: 'SOURCE, SOURCES',
    related: 'Recommended, Related, Related Stories, Related News',
    explore:
      'Explore, More Videos, More Episodes, Related Videos, Up Next, Latest News, Most Popular',
    more: 'Read More, Also Read, Read Also, Watch More, Learn More',
    buttons: 'Share, Copy link, Follow, Follow us, Contact us, Subscribe, Route 6',
    reading: 'read',
    photo: 'Photo, Photos, Photo by, Image, Photo credit',
    published: 'Published, Published on, Posted, Posted on',
    updated: 'Updated, Updated on, Last updated, Last updated on',
  },
  fr: {
    by: 'Par',
    source: 'SOURCE, SOURCES',
    related: 'Recommandé, Recommandés, Recommandée, Recommandées, Associé, Articles liés',
    explore: 'Explorer, Découvrir, Plus de vidéos, Les plus populaires',
    more: 'Lire plus, En savoir plus, Lire la suite, Lire aussi, À lire aussi, A lire aussi',
    buttons: 'Partager, Copier le lien, Suivre',
    reading: 'lecture',
    photo: 'Photo, Photos, Photo de, Crédit photo, Image',
    published: 'Publié, Publié le',
    updated: 'Mis à jour, Mis à jour le, Actualisé le',
  },
  tr: {
    by: 'Yazan, Haber',
    source: 'KAYNAK, KAYNAKLAR',
    related: 'Önerilen, Önerilenler, İlgili, İlgili Haberler',
    explore: 'Keşfet, Daha Fazla Video',
    more: 'Devamını Oku, Daha fazla oku, Ayrıca oku, Daha fazlası',
    buttons: 'Paylaş, Takip et',
    reading: 'okuma',
    photo: 'Fotoğraf, Foto, Görsel',
    published: 'Yayınlanma, Yayın tarihi, Yayınlanma tarihi',
    updated: 'Güncelleme, Güncellendi, Son güncelleme, Güncelleme tarihi',
  },
  de: {
    by: 'Von',
    source: 'QUELLE, QUELLEN',
    related: 'Empfohlen, Empfehlungen, Verwandt, Zum Thema',
    explore:
      'Entdecken, Mehr entdecken, Ähnliche Nachrichten, Selbe Kategorie, Beliebt, Mehr Videos',
    more: 'Weiterlesen, Mehr lesen, Lesen Sie auch, Mehr zum Thema, Mehr dazu',
    buttons: 'Teilen, Folgen',
    reading: 'Lesezeit, lesen',
    photo: 'Foto, Fotos, Bild',
    published: 'Veröffentlicht, Veröffentlicht am',
    updated: 'Aktualisiert, Aktualisiert am, Zuletzt aktualisiert am',
  },
  ru: {
    by: 'Автор, Авторы',
    source: 'ИСТОЧНИК, ИСТОЧНИКИ',
    related: 'Рекомендуем, Рекомендуемое, Рекомендовано, Рекомендации, По теме, Похожие новости',
    explore: 'Узнать больше, Обзор, Исследовать, Больше видео',
    more: 'Читать далее, Читайте также, Подробнее, Читать также',
    buttons: 'Поделиться, Подписаться',
    reading: 'чтения, чтение',
    photo: 'Фото',
    published: 'Опубликовано',
    updated: 'Обновлено',
  },
  ar: {
    by: 'بقلم',
    source: 'المصدر, المصادر',
    related: 'موصى به, ذات صلة, ذو صلة, مقالات ذات صلة, مقترحات, أخبار ذات صلة',
    explore: 'اكتشف, استكشف, اكتشف المزيد, المزيد من الفيديوهات',
    more: 'اقرأ المزيد, اقرأ أيضا, اقرأ أيضاً, المزيد',
    buttons: 'مشاركة, شارك, متابعة',
    reading: 'قراءة, للقراءة',
    photo: 'صورة, الصورة',
    published: 'نشر, نشر في, تاريخ النشر',
    updated: 'تم التحديث, تحديث, آخر تحديث',
  },
  es: {
    by: 'Por',
    source: 'FUENTE, FUENTES',
    related: 'Recomendado, Recomendados, Recomendada, Recomendadas, Relacionado, Relacionados',
    explore: 'Explorar, Explora, Más videos, Más vídeos',
    more: 'Leer más, Lee más, Lee también, Leer también, Más información',
    buttons: 'Compartir, Seguir',
    reading: 'lectura',
    photo: 'Foto, Fotos, Imagen, Fotografía',
    published: 'Publicado, Publicado el',
    updated: 'Actualizado, Actualizado el',
  },
  nl: {
    by: 'Door',
    source: 'BRON, BRONNEN',
    related: 'Aanbevolen, Gerelateerd',
    explore: "Ontdek, Ontdekken, Verkennen, Meer video's",
    more: 'Lees meer, Lees verder, Lees ook',
    buttons: 'Delen, Volgen',
    reading: 'leestijd, lezen',
    photo: 'Foto, Beeld',
    published: 'Gepubliceerd, Gepubliceerd op',
    updated: 'Bijgewerkt, Bijgewerkt op',
  },
  bs: {
    by: 'Autor, Piše',
    source: 'IZVOR, IZVORI',
    related: 'Preporučeno, Preporučujemo, Povezano',
    explore: 'Istraži, Istražite, Povezane vijesti, Popularno',
    more: 'Pročitaj više, Pročitajte više, Opširnije, Pročitajte još',
    buttons: 'Podijeli, Prati',
    reading: 'čitanja, čitanje',
    photo: 'Foto, Fotografija',
    published: 'Objavljeno',
    updated: 'Ažurirano',
  },
  sq: {
    by: 'Nga',
    source: 'BURIMI, BURIMET',
    related: 'Rekomanduar, Të rekomanduara, E rekomanduar, Të sugjeruara, Të ngjashme',
    explore: 'Eksploro, Zbulo',
    more: 'Lexo më shumë, Lexo më tej, Lexo edhe',
    buttons: 'Shpërndaj, Ndiq',
    reading: 'lexim, leximi',
    photo: 'Foto, Fotoja',
    published: 'Publikuar, Publikuar më',
    updated: 'Përditësuar, Përditësuar më',
  },
  mk: {
    by: 'Автор, Пишува',
    source: 'ИЗВОР, ИЗВОРИ',
    related: 'Препорачано, Препорачуваме, Поврзано',
    explore: 'Истражи, Истражете',
    more: 'Прочитај повеќе, Прочитајте повеќе, Повеќе',
    buttons: 'Сподели, Следи',
    reading: 'читање',
    photo: 'Фото, Фотографија',
    published: 'Објавено',
    updated: 'Ажурирано',
  },
  bg: {
    by: 'Автор, От',
    source: 'ИЗТОЧНИК, ИЗТОЧНИЦИ',
    related: 'Препоръчано, Препоръчани, Свързани',
    explore: 'Разгледай, Разгледайте, Открий',
    more: 'Прочетете още, Прочети още, Вижте още',
    buttons: 'Сподели, Следвай',
    reading: 'четене',
    photo: 'Снимка, Снимки',
    published: 'Публикувано',
    updated: 'Обновено, Актуализирано',
  },
  pt: {
    by: 'Por',
    source: 'FONTE, FONTES',
    related: 'Recomendado, Recomendados, Relacionado, Relacionados',
    explore: 'Explorar, Mais vídeos',
    more: 'Leia mais, Ler mais, Saiba mais, Leia também',
    buttons: 'Partilhar, Compartilhar, Seguir',
    reading: 'leitura',
    photo: 'Foto, Fotos, Imagem, Fotografia',
    published: 'Publicado, Publicado em',
    updated: 'Atualizado, Atualizado em',
  },
  sw: {
    by: 'Na',
    source: 'CHANZO, VYANZO',
    related: 'Inapendekezwa, Inayopendekezwa, Iliyopendekezwa, Yanayopendekezwa, Zinazopendekezwa',
    explore: 'Chunguza, Gundua',
    more: 'Soma zaidi, Soma pia',
    buttons: 'Shiriki, Sambaza',
    reading: 'kusoma',
    photo: 'Picha',
    published: 'Ilichapishwa',
    updated: 'Imesasishwa',
  },
  ha: {
    by: 'Daga',
    source: 'TUSHE, MAJIYA',
    related:
      'An shawarta, Abubuwan da aka ba da shawara, Za ku so karanta wadannan, Za ku so karanta waɗannan',
    explore: 'Bincika, Gano',
    more: 'Karanta ƙari, Karanta kuma',
    buttons: 'Raba, Bi',
    reading: 'karatu, karantawa',
    photo: 'Hoto',
    published: 'An wallafa',
    updated: 'An sabunta',
  },
  fa: {
    by: 'نوشته, نویسنده',
    source: 'منبع, منابع',
    related: 'پیشنهاد شده, توصیه شده, پیشنهادی, مرتبط',
    explore: 'کاوش, کشف کنید, ویدیوهای بیشتر',
    more: 'بیشتر بخوانید, ادامه مطلب',
    buttons: 'اشتراک‌گذاری, دنبال کردن',
    reading: 'خواندن, مطالعه',
    photo: 'عکس, تصویر',
    published: 'منتشر شده',
    updated: 'به‌روزرسانی',
  },
}
