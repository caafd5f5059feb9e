import { counted } from './counted.ts'
import type { Words } from './en.ts'

/** Turkish. Endings that a name would need are left to a word beside it. */
export const tr: Words = {
  skip: 'İçeriğe geç',
  search: 'Ara',
  searchArticles: 'Yazılarda ara',
  whatToSearch: 'Aranacak sözcükler',
  subscribe: 'Abone ol',
  all: 'Tümü',
  allFeeds: 'Tüm akışlar (OPML)',
  about: '{name} hakkında',
  pages: 'Sayfalar',
  page: 'Sayfa {page}',
  newer: 'Daha yeni',
  older: 'Daha eski',
  back: 'Geri',
  more: 'Devamı',

  kinds: {
    section: {
      one: 'Bölüm',
      many: 'Bölümler',
      all: 'Tüm bölümler',
      allOf: '{name} sitesinin tüm bölümleri, her biri kendi akışlarıyla.',
    },
    tag: {
      one: 'Etiket',
      many: 'Etiketler',
      all: 'Tüm etiketler',
      allOf: '{name} sitesinin tüm etiketleri, her biri kendi akışlarıyla.',
    },
    author: {
      one: 'Yazar',
      many: 'Yazarlar',
      all: 'Tüm yazarlar',
      allOf: '{name} sitesinin tüm yazarları, her biri kendi akışlarıyla.',
    },
  },
  newest: {
    site: '{publisher} sitesinin en yeni yazıları',
    section: '{publisher} sitesinin {name} bölümündeki en yeni yazıları',
    tag: '{publisher} sitesinin {name} konulu en yeni yazıları',
    author: '{publisher} sitesinde {name} imzalı en yeni yazılar',
    search: '{publisher} sitesinde {name} aramasıyla bulunan en yeni yazılar',
  },
  feedsOf: '{name} akışları',
  feeds: 'Akışlar',
  none: 'Henüz yok.',
  subscribeTo: 'Abone ol: {name}',
  emptyChannel: 'Şu anda burada bir şey yok. Yeni yazılar burada ve [akışta] çıkacak.',

  openIn: 'Şununla aç:',
  appHere: 'bu cihazdaki bir uygulama',
  copy: 'Kopyala',
  copied: 'Kopyalandı',
  pressKeys: 'Ctrl+C’ye basın',
  addressCopied: 'Adres kopyalandı.',
  addressSelected: 'Adres seçildi.',
  copyAddress: '{format} adresini kopyala',
  copyAddressOf: '{name} için {format} adresini kopyala',

  minutes: counted({ one: '{n} dakikalık okuma', other: '{n} dakikalık okuma' }),
  updated: 'güncellendi:',
  image: 'Görsel',
  recording: 'Ses kaydı',
  video: 'Video',
  table: 'Tablo',
  watch: 'Filmi izle',
  listen: 'Bu yazıyı dinle',
  moreTags: counted({ one: '{n} etiket daha', other: '{n} etiket daha' }),
  moreIn: '[{name}] bölümünden',

  emptyTitle: 'Henüz bir şey yayımlanmadı',
  emptyFront: 'İlk yazı yayımlanır yayımlanmaz burada olacak. Bugün [abone olan] onu kaçırmaz.',
  emptyOwner:
    'Bu site sizin mi? Yazı klasörüne Markdown, Word, HTML ya da metin dosyası olarak bir yazı koyun: az sonra burada olur.',
  frontFeeds:
    'Yeni yazılar akış okuyucunuza kendiliğinden gelir. Hesap yok, e-posta adresi yok, izleme yok.',
  chooseFeed: 'Akış seç',

  feedTitle: '{name}: akış',
  feedKicker: '{format} akışı',
  archiveKicker: '{format} akışı, arşiv {archive}',
  thisIsFeed: 'Bu bir akış: abone olun',
  giveAddress:
    'Bu adresi bir akış okuyucuya verin, yeni yazılar size kendiliğinden gelsin. [Akış nedir?]',
  copyThis: 'Bu akışın adresini kopyala',
  sameAs: 'Aynısı {others} olarak ve [okunacak bir sayfa] olarak da var.',
  inThisFeed: 'Bu akışta',
  nothingYet: 'Henüz bir şey yok. Bugün abone olan ilk yazıyı kaçırmaz.',
  andMore: counted({ one: 'Ve {n} yazı daha.', other: 'Ve {n} yazı daha.' }),

  searchTitle: '{words}: arama',
  nothingFound: 'Şimdilik bir şey bulunamadı.',
  found: counted({ one: 'Bir yazı bulundu.', other: '{n} yazı bulundu.' }),
  newestFound: counted({
    one: 'Bulunan en yeni yazı.',
    other: 'Bulunan en yeni {n} yazı.',
  }),
  subscribeToSearch: 'Bu aramaya abone ol',
  subscribeToYours: 'Akışına abone ol',
  willCome: 'Bundan sonra yayımlananlardan uygun olanlar okuyucunuza gelir.',
  howToSearch: 'Nasıl aranır',
  example: { first: 'liman', second: 'vapur', phrase: 'eski liman' },
  help: {
    both: 'iki sözcüğü de içeren yazılar',
    phrase: 'bu sözcükleri art arda içerenler',
    without: 'ikinci sözcüğü içermeyenler',
    filed: 'bu bölümde, bu etiketle ya da bu yazardan; {example} ikisinden birini bulur',
    dated: 'bu sürede yayımlananlar',
  },
  searchFaults: {
    tooLong: 'Bir arama en çok {most} karakter olabilir.',
    openPhrase: '{at}. karakterdeki ifadenin kapanış tırnağı yok.',
    tooMany: 'Bir aramada en çok {most} terim olabilir.',
    excludedDate: 'Bir tarih dışarıda bırakılamaz ({at}. karakter).',
    nothingWanted: 'Bir arama için en az bir sözcük, ifade, bölüm, etiket ya da yazar gerekir.',
    noLetter: '{at}. karakterdeki terimde harf ya da rakam yok.',
    unknownField: '“{field}:” diye bir alan yok ({at}. karakter); olanlar: {known}.',
    noName: '{field}: ifadesinden sonra ad eksik ({at}. karakter).',
    noDate: '“{value}” ({at}. karakter) 2024, 2024-05 ya da 2024-05-31 gibi bir tarih değil.',
  },

  subscribeDek:
    '{name} sitesinin yeni yazıları, dilediğiniz okuyucuda size gelsin. Hesap yok, e-posta adresi yok, izleme yok.',
  subscribeAbout:
    '{name} akışları: bütün site, bölümler, etiketler, yazarlar ya da kendi seçiminiz.',
  everything: 'Her şey',
  copyIntoReader:
    'Ya da bu adreslerden birini okuyucunuza kopyalayın. Hangisini seçerseniz seçin, yazılar aynıdır.',
  choose: 'Ya da istediğinizi seçin',
  chooseHow:
    'İşaretlediğiniz bölümlerden birindeki, etiketlerden birini ve sözcüklerin tümünü taşıyan yazılar, tek bir akışta.',
  words: 'Sözcükler',
  showFeed: 'Akışımı göster',
  yourFeed: 'Akışınız',
  readOnPage: 'Bu yazıları bir sayfada oku',
  nothingChosen:
    'Hiçbir şey seçilmedi: bir bölüm ya da etiket işaretleyin veya birkaç sözcük yazın.',
  atOnce: 'Hepsi birden',
  opml: '[{file}] bu sitenin tüm akışlarını sıralar. Çoğu okuyucu onu içe aktarabilir.',
  whatIsFeed: 'Akış nedir?',
  feedExplained: [
    'Akış, bir sitenin en yeni yazılarını programların anladığı biçimde sıraladığı bir adrestir. Bir akış okuyucu sizin yerinize oraya tekrar tekrar bakar ve yeni olanı gösterir: bu siteden ve izlediğiniz bütün sitelerden, tek bir yerde, yayımlandığı sırayla.',
    'Ne göreceğinize sizin yerinize kimse karar vermez, okuduğunuzu kimse öğrenmez; ayrılmak için adresi okuyucunuzdan çıkarmanız yeter. Okuyucular yukarıda anılanlar gibi siteler ya da telefonunuzdaki veya bilgisayarınızdaki uygulamalardır: {apps} ve daha pek çoğu.',
    'RSS, Atom ve JSON Feed aynı listeyi yazmanın üç yoludur. RSS’i her okuyucu bilir.',
  ],

  error: 'Hata {status}',
  goElsewhere: '[Ana sayfaya] gidin ya da görmek istediğinizi arayın:',
  errors: {
    400: { title: 'Bu anlaşılamadı', detail: 'Bu istek anlaşılamıyor.' },
    404: {
      title: 'Burada bir şey yok',
      detail: 'Adres yanlış yazılmış olabilir ya da böyle bir sayfa hiç olmadı.',
    },
    410: { title: 'Bu artık yok', detail: 'Bu yazı kaldırıldı.' },
    412: { title: 'Bu değişti', detail: 'Buradaki, isteğin bildiği sürüm değil.' },
    414: { title: 'Bu adres çok uzun', detail: 'Hiçbir sayfanın bu kadar uzun bir adresi yok.' },
    429: { title: 'Bu çok sık istendi', detail: 'Bir süre sonra yeniden deneyin.' },
    500: { title: 'Bir şeyler ters gitti', detail: 'Burada bir şeyler ters gitti; kaydedildi.' },
    503: {
      title: 'Şu anda olmuyor',
      detail: 'Şimdi yanıt verilemiyor. Birkaç saniye sonra yeniden deneyin.',
    },
  },
  otherError: { title: 'Bu mümkün değil', detail: 'Bu istek yanıtlanamıyor.' },
}
