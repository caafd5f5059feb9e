/** Names of rows in the table `setting` which more than one file knows. */

/** When the last refresh was committed (last-commit.ts). */
export const committedAt = 'refreshed'
/** Which folder was read last. */
export const articlesFolder = 'articles folder'
/** That a first refresh is under way (filling.ts). */
export const filling = 'filling'
/** When it was written last only to see that this can be done. */
export const checked = 'checked'
/** Of which commit of a shared catalogue this file is a copy. */
export const copyOf = 'copy of'
/** The same of a file that has changed since without the others. */
export const wentOnFrom = 'went on from'

/** Which say something of this file and its machine alone; `version` is that of its tables. */
export const ownSettings = [copyOf, wentOnFrom, filling, checked, articlesFolder, 'version']
