/** What the properties of a Word document say of it (docProps/core.xml, ECMA-376 part 2 §11). */
import { cleanLine, isLanguage } from '../../../text.ts'
import { isDate } from '../../stated-date.ts'
import { textOf, type XmlNode } from '../../xml-tree.ts'
import { child } from './word-xml.ts'

/** What is stated, without what programs write by themselves. */
export type Properties = ReturnType<typeof readProperties>

/** Whom programs name where nobody has given a name. */
const nobody =
  /^(?:(?:default |microsoft )?(?:office )?user|admin(?:istrator)?|author|owner|unknown|un-?named|(?:python-)?docx|apache poi|microsoft account|.*\b(?:windows|microsoft)\b.*|kullanıcı|администратор|пользователь|administrat(?:eur|or[ae]?)|administrador|yönetici|管理者|管理员|用户|ユーザー|utilisateur|usuario|usuário|benutzer|hp|asus|acer|lenovo|dell|toshiba|samsung|pc|home|computer|laptop|(?:desktop|laptop|lenovo|win)-\w{2,}|\S+-pc\d{0,2})$/iu

/** An account's number or letter, and a site that programs come from, are nobody's name either. */
const isNobody = (name: string) =>
  nobody.test(name) || !/\p{Lo}|\p{L}.*\p{L}/u.test(name) || /\bwww\.|\.com\b/i.test(name)

/** Accounts of universities and companies have the surname first. What is behind a comma may be a degree or a kind of company. */
const surnameFirst =
  /^([\p{L}'’-]+), ?(?!(?:inc|ltd|llc|gmbh|corp|co|jr|sr|ph\.?d|m\.?d|m\.?a|b\.?a)\b)(\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,2})$/iu

const asSaid = (name: string) => name.replace(surnameFirst, '$2 $1')

/** Of templates that nobody has saved anew, and zeros of some clocks. */
const placeholderDate =
  /^(?:2013-12-23T23:15:00Z|1601-01-01|1970-01-01|1980-01-01|1980-00-00|0001-01-01|1899-12-30)/

const placeholderTitle =
  /^(?:(?:microsoft )?word - .*|document ?\d*|untitled.*|unbenannt.*|sans titre.*|word document|.*\.(?:docx?|dotx?|rtf|odt))$/iu

/** @param root of the part, if there is one */
export function readProperties(root: XmlNode | undefined) {
  const stated = (name: string) => {
    const found = child(root, name)
    return found ? textOf(found) : ''
  }
  const date = (name: string) => {
    const written = stated(name)
    return isDate(written) && !placeholderDate.test(written) ? written : undefined
  }
  const title = stated('title')
  const language = stated('language').replaceAll('_', '-')
  return {
    title: title === '' || placeholderTitle.test(title) ? undefined : title,
    authors: listed(stated('creator'), /;/)
      .filter((name) => !isNobody(name))
      .map(withoutOffice)
      .map(asSaid),
    created: date('created'),
    modified: date('modified'),
    language: isLanguage(language) ? language : undefined,
    tags: listed(stated('keywords'), /[,;]/),
    section: stated('category') || undefined,
    summary: [stated('description'), stated('subject')].find(isSentence),
    /** What it says of its state. */
    status: cleanLine(stated('contentStatus')),
  }
}

/** Houses add where somebody works: "Ada Berg (Harbour Office)". */
const withoutOffice = (name: string) => name.replace(/(?<=\S)\s*\([^()]*\)$/, '')

/** Programs say there that they have made it. */
const isSentence = (text: string) =>
  /\S\s+\S+\s+\S/.test(text) && !/^(?:generated|created|converted) (?:by|with|using) /i.test(text)

const listed = (text: string, sign: RegExp) =>
  text
    .split(sign)
    .map(cleanLine)
    .filter((name) => name !== '')
