/**
 * A language as RSS and Atom name it. Validators know the codes of ISO 639-1 and 639-2 (the list RSS 2.0 names)
 * and no other; of the languages articles are found to be in, only Nigerian Pidgin has none. There it is in the
 * group of those made of English.
 */
export const feedLanguage = (language: string) => language.replace(/^pcm\b/, 'cpe')
