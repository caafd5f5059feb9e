/** The words of lines that state an embargo, by language. */
import { isZone } from './embargo-zone.ts'
import { foldWord } from './page-word-lists.ts'
import { mayStop } from './stop-line.ts'

interface Words {
  /** Say that this text is under one. */
  readonly held?: string
  /** Goods may be under one too. */
  readonly noun?: string
  /** With a noun they are as good as `held`. */
  readonly under?: string
  /** Forbid, with one of `publish`. */
  readonly not?: string
  readonly publish?: string
  /** Before a day; "ab" and "from" begin an embargo, and are none. */
  readonly until?: string
  /** When it is over. */
  readonly ends?: string
  /** Stand for a day, or a time, that nobody can tell. */
  readonly day?: string
  /** May stand beside these. */
  readonly beside?: string
}

export type Kind = keyof Words

const table: readonly Words[] = [
  {
    held: 'embargoed',
    noun: 'embargo',
    under: 'under',
    not: 'not no don never',
    publish: 'publish published publication release released broadcast use used distribution',
    until: 'until till til before prior to for',
    ends: 'lift lifts lifted end ends expire expires over',
    day: 'monday tuesday wednesday thursday friday saturday sunday today tonight tomorrow noon midnight delivery further mon tue tues wed thu thur thurs fri sat sun',
    beside:
      'a adv advance against an advisory all and any are at be by check confidential contents copy date do document draft embargoes enforced article h hold hour hours hrs hr in information is it local m material media news note notice of on or p please press report s speech st nd rd th standard daylight time summer statement status story strict strictly t text the these thereafter this us will',
  },
  {
    held: 'gesperrt',
    noun: 'sperrfrist sperrfristende',
    under: 'unter',
    not: 'nicht',
    publish:
      'veröffentlichen veröffentlicht veröffentlichung senden publizieren verwenden verbreiten',
    until: 'bis vor',
    ends: 'endet ende',
    day: 'mittag montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag heute morgen mitternacht redebeginn beginn',
    beside:
      'achtung am bitte das dem den der des die diese dieser es gilt gesprochene meldung mit ortszeit presseinformation pressemitteilung rede streng strikt strikte text uhr um und wort zu zum zur',
  },
  {
    under: 'sous',
    not: 'ne pas',
    publish: 'publier diffuser publication diffusion',
    until: 'jusqu avant',
    ends: 'levé levée fin',
    day: 'lundi mardi mercredi jeudi vendredi samedi dimanche demain minuit',
    beside: 'à au communiqué de du en est et heure heures l la le les presse stricte strict',
  },
  {
    held: 'embargado embargada',
    under: 'bajo',
    not: 'no',
    publish: 'publicar publicarse difundir',
    until: 'hasta antes',
    ends: 'fin levantado',
    day: 'lunes martes miércoles jueves viernes sábado domingo mañana medianoche',
    beside: 'a al comunicado de del el hora horas la las los nota prensa se y estricto',
  },
  {
    under: 'sotto',
    not: 'non',
    publish: 'pubblicare diffondere',
    until: 'fino prima',
    ends: 'fine',
    day: 'lunedì martedì mercoledì giovedì venerdì sabato domenica domani mezzanotte',
    beside: 'al alla alle comunicato stampa dal del della delle di il la ora ore da',
  },
  {
    held: 'embargoado',
    under: 'sob',
    not: 'não',
    publish: 'publicar divulgar',
    until: 'até antes',
    ends: 'fim',
    day: 'segunda terça quarta quinta sexta feira amanhã',
    beside: 'a às ao o da de do dia imprensa e',
  },
  {
    under: 'onder',
    not: 'niet',
    publish: 'publiceren publicatie',
    until: 'tot voor vóór',
    ends: 'eindigt',
    day: 'maandag dinsdag woensdag donderdag vrijdag zaterdag zondag middernacht',
    beside: 'dit is het om op persbericht te ter uur van en met',
  },
  {
    held: 'ambargolu ambargoludur yayımlanamaz yayınlanamaz yayımlamayın yayınlamayın',
    noun: 'ambargo',
    until: 'kadar dek önce',
    ends: 'biter bitiş',
    day: 'pazartesi salı çarşamba perşembe cuma cumartesi pazar yarın',
    beside:
      'basın bülteni bu haber günü saat saati saatiyle tarih tarihi tarihine itibarıyla den dan',
  },
  {
    held: 'klausuleret klausulert',
    under: 'under',
    until: 'till til indtil fram før innan',
    ends: 'upphör udløber utløper',
    day: 'måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag',
    beside:
      'den det er är gäller gælder gjelder kl klokken klockan och og pressmeddelande pressemeddelelse',
  },
  {
    noun: 'эмбарго',
    under: 'под',
    not: 'не',
    publish: 'публиковать публикации распространять',
    until: 'до',
    day: 'понедельника вторника среды четверга пятницы субботы воскресенья завтра',
    beside: 'в г года для пресс релиз по времени московскому час часов ч',
  },
  {
    held: 'محظور',
    not: 'حظر يمنع',
    publish: 'النشر نشر',
    until: 'حتى قبل',
    day: 'الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد غدا',
    beside: 'الساعة بتوقيت يوم من هذا م',
  },
]

const folded = (kind: Kind) =>
  new Set(table.flatMap((words) => foldWord(words[kind] ?? '').match(/\S+/g) ?? []))

/** In the letters of `foldWord`. */
export const embargoWords: Readonly<Record<Kind, ReadonlySet<string>>> = {
  held: folded('held'),
  noun: folded('noun'),
  under: folded('under'),
  not: folded('not'),
  publish: folded('publish'),
  until: folded('until'),
  ends: folded('ends'),
  day: folded('day'),
  beside: folded('beside'),
}

const kinds = Object.values(embargoWords)

/** Whether a line of an embargo may have a word, in the letters of `foldWord`. */
export const isEmbargoWord = (word: string) =>
  kinds.some((words) => words.has(word)) || isZone(word)

const anyOf = (kind: Kind) => table.flatMap((words) => words[kind]?.split(' ') ?? []).join('|')
const may = new RegExp(
  `${anyOf('held')}|${anyOf('noun')}|hold |for (?:release|use|publication|broadcast|immediate)|advance for|confidential until|release (?:date|time)|not before|(?:${anyOf('not')})(?:['’]t)?(?: \\S{1,20}){0,8}? (?:${anyOf('publish')})`,
  'iu',
)

/** Most words hold none, and need not be taken apart. */
export const mayHold = (words: string) => may.test(words) || mayStop(words)
